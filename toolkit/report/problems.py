"""存在问题及建议: findings by kind with the projects concerned, then lost points, each with its recommendation."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from toolkit.model import (
    CellRef,
    Field,
    Finding,
    IndicatorInput,
    Opinion,
    ProjectFigures,
    Scheme,
    ScoredObject,
    Severity,
    Value,
)
from toolkit.report import listing
from toolkit.report.facts import ReportFacts
from toolkit.report.losses import Problem, lost_points, weak_indicators
from toolkit.report.wording import Sentence, chained, listed, one_line, ordinal, quote, quoted, said, say, stopped
from toolkit.text.problem_kinds import KINDS, ProblemKind, kind_of
from toolkit.text.values import shown

_Row = dict[str, object]
_NAMES, _EXAMPLES, _TOGETHER = 8, 3, 3
_BROKEN_END = re.compile("[A-Za-z0-9.“（《]+$")
_BROKEN_START = re.compile("^[A-Za-z0-9.”）》]+")
"""What must not be parted from a name between the words that several findings share."""
_WAIVED = "豁免"
_BLANK = "MISS-"
_EMPTY_FORM = "采集表没有填报可以评分的内容，须填的单元格都空着，逐格见汇总总表《问题清单》"
_FILL_IN = "填好全表和佐证材料清单后重新报送；确实没有的填“不适用”，并说明原因"


def problems(facts: ReportFacts) -> list[Problem]:
    """Everything worth a heading in a report on the whole evaluation."""
    found = _by_kind(facts, facts.figures.findings)
    lost = lost_points(facts, facts.only) if facts.only else weak_indicators(facts)
    return [*(_kind_problem(facts, kind, own) for kind, own in found.items()), *lost]


def own_problems(facts: ReportFacts, project: ProjectFigures) -> list[Problem]:
    """One project's problems of every kind, and those waived; its lost points are not among them."""
    waived = [_said(facts, finding) for finding in project.findings if _is_waived(finding)]
    return [
        *_by_kinds(facts, project),
        *([Problem("已豁免的问题", (), tuple(waived), "", "")] if waived else []),
    ]


def _by_kinds(facts: ReportFacts, project: ProjectFigures) -> list[Problem]:
    return [
        Problem(
            kind.title.removeprefix("部分项目"),
            (),
            tuple(_told_together(facts, own)),
            kind.advice[0],
            _asked(kind, [project.unit]),
        )
        for kind, own in _by_kind(facts, project.findings).items()
    ]


def _told_together(facts: ReportFacts, findings: Sequence[Finding]) -> Iterator[Sentence]:
    """Each finding with what to do; three or more that differ in a name alone in one sentence: E01、E02、E03没有…."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.hint), []).append(finding)
    for own in groups.values():
        together = _in_one(facts, own)
        if together:
            yield say(together, _what_to_do(facts, own[0]))
        else:
            yield from (_with_remedy(facts, finding) for finding in own)


def _in_one(facts: ReportFacts, findings: Sequence[Finding]) -> Sentence:
    """One sentence for findings that say the same of several things; () where they do not."""
    if len(findings) < _TOGETHER or any(finding.decided or verified_words(facts, finding) for finding in findings):
        return ()
    words = [one_line(finding.message).rstrip("。") for finding in findings]
    start = len(_BROKEN_END.sub("", _shared(words)))
    end = len(_BROKEN_START.sub("", _shared([text[start:][::-1] for text in words])[::-1]))
    names = [text[start : len(text) - end] for text in words]
    if not start or not end or not all(names) or any(mark in name for name in names for mark in "；，："):
        return ()
    places = [facts.figures.problems.get(finding, "") for finding in findings]
    before, after = words[0][:start], words[-1][len(words[-1]) - end :]
    comma = "" if all(name.startswith("“") and name.endswith("”") for name in names) else "、"
    named = [quote(name, at, after=before) for name, at in zip(names, places, strict=True)]
    return say(
        quote(before, places[0]), chained(named, comma), quote(after, places[-1], after=before + names[-1]), "。"
    )


def _shared(texts: Sequence[str]) -> str:
    """What all texts begin with."""
    letters = zip(*texts, strict=False)
    return "".join(column[0] for column in takewhile(lambda column: len(set(column)) == 1, letters))


def rows(problems: Sequence[Problem]) -> list[_Row]:
    """Problems as a template prints them, numbered."""
    return [
        {
            "序": ordinal(number),
            "标题": problem.title,
            "内容": problem.text,
            "概要": problem.summary or problem.text,
            "事例": problem.examples,
            "建议标题": problem.advice_title,
            "建议": problem.advice,
        }
        for number, problem in enumerate(problems, 1)
    ]


def finding_rows(facts: ReportFacts, findings: Iterable[Finding]) -> list[_Row]:
    """Findings that ask for something, or did until they were waived: number, project, severity, place, remedy.

    The blank cells of a form without anything to score by are one row: the list in the master has them all.
    """
    names = {project.id: project.name for project in facts.roster.projects}
    own = _empty_forms_once(facts, listed_findings(findings))
    if others := max(0, len(own) - listing.MOST_FINDINGS):
        own = sorted(own, key=lambda finding: finding.severity.rank)[: listing.MOST_FINDINGS]
    rows: list[_Row] = [
        {
            "序号": number,
            "项目": names.get(finding.project, "") or "（不属于单个项目）",
            "程度": "已豁免" if _is_waived(finding) else finding.severity.label,
            "位置": f"{finding.at.sheet} {finding.at.cell}".strip() or "—",
            "问题": _said(facts, finding),
            "办法": "—" if _is_waived(finding) else _remedy(facts, finding),
        }
        for number, finding in enumerate(own, 1)
    ]
    if others:
        rows.append({**dict.fromkeys(rows[-1], "—"), "序号": "", "问题": f"其余{others}项见汇总总表《问题清单》。"})
    return rows


def _empty_forms_once(facts: ReportFacts, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, with one in place of all that say of an empty form that one of its cells is blank."""
    if facts.scheme.scored_object is ScoredObject.WHOLE:
        return list(findings)
    scored = {one.project.id for one in facts.scored if one.project}  # of the others only an empty form came back
    kept: list[Finding] = []
    told: set[str] = set()
    for finding in findings:
        if finding.project in scored or not finding.code.startswith(_BLANK) or _is_waived(finding):
            kept.append(finding)
        elif finding.project not in told:
            told.add(finding.project)
            at = CellRef(finding.at.workbook)
            kept.append(Finding("MISS", Severity.ERROR, at, _EMPTY_FORM, _FILL_IN, project=finding.project))
    return kept


def listed_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Those a list of findings has a row for: what asks for something, or did until it was waived."""
    return [finding for finding in findings if finding.severity is not Severity.NOTE or _is_waived(finding)]


def _is_waived(finding: Finding) -> bool:
    """Whether nothing is asked any more about what is still a fact."""
    decided = finding.disposition
    return decided is not None and decided.action == _WAIVED and finding.own_severity is not Severity.NOTE


def _remedy(facts: ReportFacts, finding: Finding) -> Sentence:
    return quote(one_line(finding.hint) or "—", facts.figures.remedies.get(finding, ""))


def severity_counts(facts: ReportFacts) -> Sentence:
    """发现须更正5条、请核实1条、提示48条: of what units sent."""
    overall = facts.figures.overall
    if not (overall["须更正数"].value or overall["请核实数"].value):
        waived = any(map(_is_waived, facts.of_units()))
        nothing = "没有尚待更正或核实的问题（有的已豁免，见核查问题清单）" if waived else "未发现须更正或请核实的问题"
        return say(nothing, "，提示", overall["提示数"], "条")
    counted = [(word, overall[f"{word}数"]) for word in ("须更正", "请核实", "提示")]
    return say("发现", chained([(word, number, "条") for word, number in counted if number.value]))


def _by_kind(facts: ReportFacts, findings: Iterable[Finding]) -> dict[ProblemKind, list[Finding]]:
    found: dict[ProblemKind, list[Finding]] = {kind: [] for kind in KINDS}
    for finding in findings:
        kind = kind_of(finding, facts.scheme)
        if kind:
            found[kind].append(finding)
    return {kind: own for kind, own in found.items() if own}


def _kind_problem(facts: ReportFacts, kind: ProblemKind, own: Sequence[Finding]) -> Problem:
    names = {project.id: project.name for project in facts.roster.projects}
    concerned = [names[finding.project] for finding in own if finding.project in names] if len(names) > 1 else []
    which = f"涉及{quoted(concerned, _NAMES)}，" if concerned else ""
    examples = tuple(_example(facts, finding, names) for finding in own[:_EXAMPLES])
    units = [unit for name in facts.names({finding.project for finding in own}) for unit in name.units or (name.unit,)]
    text = say(f"{which}共", facts.figures.kinds[kind.name], f"条。{kind.cause}")
    return Problem(kind.title, text, examples, kind.advice[0], _asked(kind, units))


def _asked(kind: ProblemKind, units: Sequence[str]) -> str:
    """The recommendation, addressed to the units concerned."""
    advice = kind.advice[1]
    return f"请{listed(units, _NAMES, '责任单位')}{advice.removeprefix('请相关责任单位')}" if units else advice


def _example(facts: ReportFacts, finding: Finding, names: dict[str, str]) -> Sentence:
    whose = f"{quoted([names[finding.project]])}：" if finding.project in names and len(names) > 1 else ""
    return say(whose, _said(facts, finding))


def _with_remedy(facts: ReportFacts, finding: Finding) -> Sentence:
    return say(_said(facts, finding), _what_to_do(facts, finding))


def _what_to_do(facts: ReportFacts, finding: Finding) -> Sentence:
    remedy = stopped(one_line(finding.hint))
    return say("处理办法：", quote(remedy, facts.figures.remedies.get(finding, ""))) if remedy else ()


def _said(facts: ReportFacts, finding: Finding) -> Sentence:
    return say(said(finding, facts.figures.problems.get(finding, "")), verified_words(facts, finding))


def verified_words(facts: ReportFacts, finding: Finding) -> str:
    """评价人已核定为500.12万元，按核定值计分（…；佐证E05）: a reader must know which value was scored.

    "" when nobody verified the value the finding is about.
    """
    asked = _asked_for(facts.scheme, finding.indicator)
    if asked is None:
        return ""
    place = ("", asked.key) if isinstance(asked, Field) else (finding.indicator, asked.local)
    own = facts.verified.get((finding.project, *place))
    return f"评价人已核定为{_shown(own.verified, asked)}，按核定值计分{_basis(own)}。" if own else ""


def _asked_for(scheme: Scheme, name: str) -> Field | IndicatorInput | None:
    """The field, or the one value of an indicator that units fill in."""
    indicator = scheme.indicator(name)
    if indicator is None:
        return scheme.field(name)
    given = [item for item in indicator.inputs if not item.by_evaluator and not item.formula]
    return given[0] if len(given) == 1 else None


def _shown(value: Value, asked: Field | IndicatorInput) -> str:
    return shown(value, asked.type, asked.unit) if isinstance(value, Decimal) else f"“{value}”"


def _basis(opinion: Opinion) -> str:
    parts = [one_line(opinion.reason), f"佐证{one_line(opinion.evidence)}" if opinion.evidence else ""]
    words = "；".join(part.rstrip("。") for part in parts if part)
    return f"（{words}）" if words else ""
