"""其他需要说明的问题: what limits the results, said openly; amounts nobody supplied stand in 资金核查情况."""

from toolkit.model import CategoryFigures, LineState, Severity
from toolkit.report.facts import ReportFacts
from toolkit.report.listing import some_names
from toolkit.report.own_problems import LATE
from toolkit.report.wording import in_quotes, listed, one_line, quoted, stopped
from toolkit.text import plain
from toolkit.text.problem_kinds import of_the_plan

_NAMES = 8
_OWN_BUSINESS = (
    "SCHEME-11", "SCHEME-21", "SCHEME-24", "SCHEME-25", "SCHEME-26", "SCHEME-27", "SCHEME-34", "SCHEME-36",
    "SCHEME-39", "SCHEME-48", "SCHEME-49", "ROSTER-09", "ROSTER-17", "ROSTER-18", "ROSTER-19", "ROSTER-20",
    "ROSTER-21", "REVIEW-07", "PRIOR-06", "PRIOR-07",
)  # fmt: skip
"""Findings that only the evaluators can act on: columns, fields and names in their own workbooks, contacts missing
in letters, opinions not written yet. A reader of the report learns nothing from them."""
_SCORED = "核定值与填报值不一致的，以核定值计分。得分、金额和比率取自汇总总表，按两位小数列示，尾差由四舍五入产生。"
_DATA = f"本报告所用数据和佐证材料由责任单位提供，其真实性、准确性和完整性由责任单位负责；{_SCORED}"
_DATA_WITHOUT_FILES = (
    "本报告所用数据由责任单位填报，其真实性、准确性和完整性由责任单位负责；佐证材料文件没有随采集表收到，"
    f"佐证编号取自采集表的佐证材料清单，没有与文件逐份核对。{_SCORED}"
)


def remarks(facts: ReportFacts) -> list[str]:
    """Everything a reader must know before relying on the results."""
    found = [
        _unscored(facts),
        _not_returned(facts),
        _returned_late(facts),
        _pending(facts),
        _without_contract(facts),
        _categories(facts),
        _not_applicable(facts),
        _of_the_plan(facts),
        _DATA if facts.has_evidence_files else _DATA_WITHOUT_FILES,
    ]
    return [finding for finding in found if finding]


def _unscored(facts: ReportFacts) -> str:
    names = some_names(one.name for one in facts.unscored)
    returned = any(one.returned for one in facts.unscored)
    why = "没有报送可读取的采集表或者没有可评分的数据" if returned else "没有报送可读取的采集表"
    return f"{names}{why}，未评分、未定等级，不计入平均得分、得分率和排名，补报后再行评价。" if names else ""


def _not_returned(facts: ReportFacts) -> str:
    own = facts.not_returned()
    if not own:
        return ""
    names = some_names(project.name for project in own)
    return f"{names}没有报送可读取的采集表，各项指标由评价人依据现有资料逐项核定，补报后应重新核查和评分。"


def _returned_late(facts: ReportFacts) -> str:
    """Whose returns came after the day the letter named; on which day, a project's own report says."""
    late = [
        line.name
        for line in (*facts.scored, *facts.unscored)
        if any(finding.code == LATE and not finding.decided for finding in line.findings)
    ]
    return f"{some_names(late)}的采集表在报送截止日之后收到，照常核查、评分。" if late else ""


def _pending(facts: ReportFacts) -> str:
    own = [line.name for line in facts.scored if not line.sheet.complete]
    if not own:
        return ""
    whose = f"{quoted(own, _NAMES)}的" if not facts.only else ""
    return f"{whose}部分指标尚待评价人评定，相应得分和等级为阶段性结果。"


def _without_contract(facts: ReportFacts) -> str:
    """The projects that the sum of all contracts leaves out."""
    without = [project.name for project in facts.roster.projects if project.contract_amount is None]
    if not without or len(without) == len(facts.roster.projects):
        return ""
    return f"项目清单没有{some_names(without)}的合同金额，项目清单的合同金额合计不含这些项目。"


def _categories(facts: ReportFacts) -> str:
    """Why the weights differ between projects, and what became of those that make up no whole."""
    categories, full = facts.figures.categories, facts.scheme.total_mark
    if not categories:
        return ""
    names = listed(_category(facts, category) for category in categories)
    shared = [category.name for category in categories if category.total.full_mark.value != full]
    how = f"按评价方案{in_quotes(facts.scheme.not_applicable.value)}的办法处理"
    rest = f"其中{listed(map(in_quotes, shared))}类适用指标的分值合计不是{plain(full)}分，{how}。" if shared else ""
    return (
        f"按评价方案的适用条件，{names}各类项目评价的指标不同，一级指标的分值也不同，得分率按各自适用的分值计算。{rest}"
    )


def _category(facts: ReportFacts, category: CategoryFigures) -> str:
    """The category's name; with its projects, where it is not the name of their type."""
    own = list(facts.names(set(category.ids)))
    typed = {project.project_type for project in own} <= set(category.name.split("、"))
    return in_quotes(category.name) + ("" if typed else f"（{quoted((project.name for project in own), 3)}）")


def _not_applicable(facts: ReportFacts) -> str:
    lines = [line for one in facts.scored for line in one.sheet.own_lines if line.state is LineState.NOT_APPLICABLE]
    if not lines:
        return ""
    names = listed((in_quotes(line.name) for line in lines), _NAMES)
    whose = "部分项目" if not facts.only else "本项目"
    return f"{names}对{whose}不适用，按评价方案{in_quotes(facts.scheme.not_applicable.value)}的办法处理。"


def _of_the_plan(facts: ReportFacts) -> str:
    own = [
        finding
        for finding in facts.figures.findings
        if of_the_plan(finding) and not finding.project and finding.code not in _OWN_BUSINESS
    ]
    words = [
        stopped(one_line(indicator.message)).rstrip("。")
        for indicator in own
        if indicator.severity is not Severity.ERROR
    ]
    return f"关于评价方案和项目清单：{'；'.join(words)}。" if words else ""
