"""Workbooks of a questionnaire: 问卷对照.xlsx to be filled in, and the result with what was taken out."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from toolkit.excel.table_sheet import Column, TableSheet, table_workbook
from toolkit.model import Definition, Removal, Survey
from toolkit.survey.answers import Answers
from toolkit.survey.mapping import (
    COLUMN_HEADINGS,
    COLUMN_SHEET,
    NOT_ANSWERED,
    OPTION_HEADINGS,
    OPTION_SHEET,
    Mapping,
    Use,
    unknown_columns,
)
from toolkit.survey.masking import masked
from toolkit.survey.results import Interval, SurveyResult
from toolkit.text import percent
from toolkit.text.folding import compared

_COLUMN_HINT = "“用作”为题目的写明题号；空着的列没有使用。写好后重新导入，下次自动采用。"
_OPTION_HINT = f"导出文件中的写法与方案选项不同时写明对应关系；不算答案的写“{NOT_ANSWERED}”。"


COLUMN_KEY, OPTION_KEY = COLUMN_HEADINGS[:2], OPTION_HEADINGS[:3]
"""What rows of the two sheets are known by."""


def mapping_sheets(written: Mapping, answers: Answers, survey: Survey) -> tuple[TableSheet, TableSheet]:
    """Sheets of 问卷对照.xlsx: what it holds already, and columns and answers of this export nobody explained."""
    columns = [(code, heading, str(use), question) for (code, heading), (use, question) in written.columns.items()]
    unknown = unknown_columns(list(answers.columns), survey, written)
    known = {(code, heading) for code, heading, *_ in columns}
    columns += [
        (survey.code, column.heading, "", "")
        for column in unknown
        if (survey.code, compared(column.heading)) not in known
    ]
    options = [(*key, option) for key, option in written.options.items()]
    options += _unknown_answers(answers, survey)
    codes = tuple(question.code for question in survey.questions)
    return (
        TableSheet(COLUMN_SHEET, "问卷列对照表", _columns(COLUMN_HEADINGS, (12, 60, 14, 10), uses=codes), columns,
                   _COLUMN_HINT),
        TableSheet(OPTION_SHEET, "问卷选项对照表", _columns(OPTION_HEADINGS, (12, 10, 46, 30)), options, _OPTION_HINT),
    )  # fmt: skip


def _columns(headings: Sequence[str], widths: Sequence[int], uses: tuple[str, ...] = ()) -> tuple[Column, ...]:
    choices = {"用作": tuple(Use), "题号": uses}
    return tuple(
        Column(heading, width, choices.get(heading, ()), required=heading in ("用作", "方案选项"))
        for heading, width in zip(headings, widths, strict=True)
    )


def _unknown_answers(answers: Answers, survey: Survey) -> Iterator[tuple[str, str, str, str]]:
    for finding in answers.findings:
        if finding.code == "SURVEY-04":
            yield survey.code, str(finding.word("question")), str(finding.found), ""


def result_workbook(results: Iterable[SurveyResult], answers: Answers, names: dict[str, str]) -> bytes:
    """Rates with intervals, every question's counts, subgroups, and the sheets taken out with their reasons."""
    return table_workbook(result_sheets(results, answers, names))


def result_sheets(results: Iterable[SurveyResult], answers: Answers, names: dict[str, str]) -> list[TableSheet]:
    """The sheets of the workbook of results."""
    listed = list(results)
    return [
            _sheet("满意度", "问卷满意度结果", _RATES, [row for result in listed for row in _rate_rows(result, names)],
                   "满意率＝满意的答案÷全部有效答案；均值＝各答案分值的平均÷最高分值。区间为Wilson区间，已知总体数的作有限总体修正。"),
            _sheet("各题结果", "各题答案分布", _COUNTS, [row for result in listed for row in _count_rows(result)],
                   "有效答卷＝作答＋缺答；多选题、排序题一份答卷可计入几个选项。"),
            _sheet("分组", "分组满意度", _GROUPS, [row for result in listed for row in _group_rows(result)],
                   "样本少于30份的分组只供参考。"),
            _sheet("清洗", "答卷清洗情况", _RULES, [row for result in listed for row in _rule_rows(result)],
                   "每条规则涉及的答卷都列出；是否剔除由方案《问卷》的“剔除”决定。"),
            _sheet("清洗明细", "清洗明细（个人信息已隐去）", _REMOVED, _removed_rows(listed, answers),
                   "行号为导出文件中的行号；原始答卷按校验值存于04-原件。"),
    ]  # fmt: skip


_RATES = (("项目序号", 10), ("项目名称", 30), ("收到", 9), ("剔除", 9), ("有效", 9), ("作答人数", 10), ("总体数", 10),
          ("所需样本", 10), ("样本是否够", 11), ("口径", 10), ("满意度", 11), ("区间下限", 11), ("区间上限", 11),
          ("计入指标", 10))  # fmt: skip
_COUNTS = (("项目序号", 10), ("题号", 8), ("题目", 46), ("题型", 8), ("选项", 24), ("次数", 9), ("占作答", 10),
           ("作答", 9), ("缺答", 9))  # fmt: skip
_GROUPS = (("项目序号", 10), ("题号", 8), ("分组题", 40), ("分组", 24), ("样本", 9), ("满意率", 11), ("均值", 11),
           ("提示", 20))  # fmt: skip
_RULES = (("项目序号", 10), ("清洗规则", 20), ("涉及答卷", 12), ("其中剔除", 12), ("处理", 26))
_REMOVED = (("行号", 9), ("清洗规则", 20), ("处理", 10), ("IP", 20), ("账号", 20))


def _sheet(
    name: str, title: str, columns: Sequence[tuple[str, int]], rows: list[tuple[str, ...]], hint: str
) -> TableSheet:
    numeric = {"收到", "剔除", "有效", "作答人数", "总体数", "所需样本", "次数", "作答", "缺答", "样本", "行号"}
    made = tuple(Column(heading, width, numeric=heading in numeric) for heading, width in columns)
    return TableSheet(name, title, made, rows, hint, filtered=True)


def _shown(rate: Interval, part: str) -> str:
    value = getattr(rate, part)
    return "—" if value is None else percent(value)


def _rate_rows(result: SurveyResult, names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    survey = result.survey
    for definition in Definition:
        rate = result.rates[definition]
        yield (
            result.project, names.get(result.project, ""), str(result.received), str(len(result.removed)),
            str(result.valid), str(result.respondents), str(survey.population or "不详"), str(result.needed),
            "够" if result.respondents >= result.needed else "不够", str(definition), _shown(rate, "value"),
            _shown(rate, "low"), _shown(rate, "high"), "是" if definition is survey.definition else "",
        )  # fmt: skip


def _count_rows(result: SurveyResult) -> Iterator[tuple[str, ...]]:
    for counted in result.questions:
        question = counted.question
        for option, count in zip(question.options, counted.counts, strict=True):
            share = percent(Decimal(count) / counted.answered) if counted.answered else "—"
            yield (
                result.project, question.code, question.text, str(question.kind), option, str(count),
                share, str(counted.answered), str(counted.missing),
            )  # fmt: skip


def _group_rows(result: SurveyResult) -> Iterator[tuple[str, ...]]:
    for group in result.subgroups:
        rates = (_shown(group.rates[definition], "value") for definition in Definition)
        mark = "样本少于30，仅供参考" if group.small else ""
        yield result.project, group.question.code, group.question.text, group.option, str(group.count), *rates, mark


def _rule_rows(result: SurveyResult) -> Iterator[tuple[str, ...]]:
    for rule in Removal:
        removed = sum(reason is rule for reason in result.removed.values())
        taken = "剔除（已按前一规则剔除的不重复计）" if rule in result.survey.removals else "只列出，不剔除"
        yield result.project, str(rule), str(len(result.noticed.get(rule, ()))), str(removed), taken


def _removed_rows(results: list[SurveyResult], answers: Answers) -> list[tuple[str, ...]]:
    place = {row: index for index, row in enumerate(answers.rows)}
    hidden = cache(masked)
    rows: list[tuple[str, ...]] = []
    for result in results:
        for rule, noticed in result.noticed.items():
            for row in noticed:
                index = place[row]
                what = "剔除" if result.removed.get(row) is rule else "列出"
                shown = (hidden(answers.addresses[index]), hidden(answers.accounts[index]))
                rows.append((plain_row(answers, row), str(rule), what, *shown))
    return rows


def plain_row(answers: Answers, row: int) -> str:
    """The row's number in the file."""
    return str(answers.export.header + 1 + row)
