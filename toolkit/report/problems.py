"""存在问题及建议: findings by kind with the projects concerned, weak indicators, and a recommendation for each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.model import Figure, Finding, ProjectFigures, ScoreLine, ScoreRateFigures, Severity
from toolkit.report.facts import ReportFacts
from toolkit.report.indicators import because, counts, line_of, lowest
from toolkit.report.problem_kinds import KINDS, ProblemKind, kind_of
from toolkit.report.wording import Sentence, one_line, ordinal, quoted, say, stopped

_Row = dict[str, object]
_NAMES, _EXAMPLES, _WEAK = 8, 3, 5
_LOW = "得分偏低的责任单位"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with its recommendation, ready to print.

    Attributes:
        title: heading. text: paragraphs. examples: what exactly was found.
        advice_title, advice: the recommendation tied to it.
    """

    title: str
    text: Sentence
    examples: tuple[str, ...]
    advice_title: str
    advice: Sentence
    brief_advice: str


def problems(facts: ReportFacts) -> list[Problem]:
    """Everything worth a heading: kinds of findings first, then the indicators with the lowest score rates."""
    found = _by_kind(facts, facts.figures.findings)
    return [*(_kind_problem(facts, kind, own) for kind, own in found.items()), *weak_indicators(facts)]


def own_problems(facts: ReportFacts, project: ProjectFigures) -> list[Problem]:
    """One project's problems of every kind, without naming the project again and again."""
    found = _by_kind(facts, project.findings)
    return [
        Problem(kind.title, (kind.cause,), tuple(_words(own)), kind.advice[0], (kind.advice[1],), kind.advice[1])
        for kind, own in found.items()
    ]


def rows(listed: Sequence[Problem]) -> list[_Row]:
    """Problems as a template prints them, numbered."""
    return [
        {
            "序": ordinal(number),
            "标题": one.title,
            "问题": one.title.replace("“", "‘").replace("”", "’"),  # to stand in quotation marks itself
            "内容": one.text,
            "事例": one.examples,
            "建议标题": one.advice_title,
            "建议": one.advice,
        }
        for number, one in enumerate(listed, 1)
    ]


def brief_advice(listed: Sequence[Problem]) -> list[dict[str, str]]:
    """Recommendations without the scoring standards, each title once."""
    return [{"标题": one.advice_title, "内容": one.brief_advice} for one in listed]


def finding_rows(facts: ReportFacts, findings: Iterable[Finding]) -> list[_Row]:
    """Findings that ask for something, for a list: number, project, severity, place, problem, remedy."""
    names = {one.id: one.name for one in facts.roster.projects}
    own = [one for one in findings if one.severity is not Severity.NOTE]
    return [
        {
            "序号": number,
            "项目": names.get(one.project, "") or "（不属于单个项目）",
            "程度": one.severity.label,
            "位置": f"{one.at.sheet} {one.at.cell}".strip() or "—",
            "问题": one_line(one.message),
            "办法": one_line(one.hint) or "—",
        }
        for number, one in enumerate(own, 1)
    ]


def weak_indicators(facts: ReportFacts) -> list[Problem]:
    """Indicators with the lowest score rates, for several projects; for a single one every indicator that lost."""
    lost = [one for one in facts.figures.indicators if one.rate.value is not None and one.rate.value < 1]
    ordered = sorted(lost, key=lambda one: one.rate.value or Decimal(0))
    only = facts.only
    if only:
        lines = ((one, line_of(only, one.code)) for one in ordered)
        return [lost_problem(facts, one, only, line) for one, line in lines if line and one.code in only.indicators]
    return [_weak(facts, one) for one in ordered[:_WEAK]]


def lost_problem(facts: ReportFacts, rate: ScoreRateFigures, project: ProjectFigures, line: ScoreLine) -> Problem:
    """An indicator on which a project lost points, with its reason and a recommendation."""
    text = say("该指标分值", rate.full_mark, "分，得", project.indicators[rate.code], f"分。{because(line)}")
    return Problem(
        f"“{rate.name}”存在失分", text, (), f"改进“{rate.name}”", *_indicator_advice(facts, rate, "责任单位")
    )


def lost_rows(facts: ReportFacts, project: ProjectFigures) -> list[_Row]:
    """Indicators on which a project lost points, in the order of the scheme."""
    found: list[_Row] = []
    for rate in facts.figures.indicators:
        line = line_of(project, rate.code)
        if line and counts(line) and line.score < line.effective_mark and rate.code in project.indicators:
            score = project.indicators[rate.code]
            found.append({"名称": rate.name, "分值": rate.full_mark, "得分": score, "说明": because(line)})
    return found


def severity_counts(facts: ReportFacts) -> Sentence:
    """须更正5项、请核实1项、提示48项."""
    overall = facts.figures.overall
    return say("须更正", overall["须更正数"], "项、请核实", overall["请核实数"], "项、提示", overall["提示数"], "项")


def _by_kind(facts: ReportFacts, findings: Iterable[Finding]) -> dict[ProblemKind, list[Finding]]:
    cross_checks = frozenset(one.code for one in facts.scheme.cross_checks)
    found: dict[ProblemKind, list[Finding]] = {kind: [] for kind in KINDS}
    for one in findings:
        kind = kind_of(one, cross_checks)
        if kind:
            found[kind].append(one)
    return {kind: own for kind, own in found.items() if own}


def _kind_problem(facts: ReportFacts, kind: ProblemKind, own: Sequence[Finding]) -> Problem:
    names = {one.id: one.name for one in facts.roster.projects}
    concerned = [names[one.project] for one in own if one.project in names]
    which = f"涉及{quoted(concerned, _NAMES)}，共{len(own)}条。" if concerned else f"共{len(own)}条。"
    examples = tuple(_example(one, names) for one in own[:_EXAMPLES])
    units = dict.fromkeys(one.unit for one in facts.names({finding.project for finding in own}))
    advice = f"涉及单位：{_units(list(units))}。{kind.advice[1]}" if units else kind.advice[1]
    return Problem(kind.title, (f"{which}{kind.cause}",), examples, kind.advice[0], (advice,), kind.advice[1])


def _units(units: Sequence[str]) -> str:
    """Joint units carry 、 themselves, so units are told apart by semicolons where there are any."""
    between = "；" if any("、" in one for one in units) else "、"
    return between.join(units[:_NAMES]) + ("等" if len(units) > _NAMES else "")


def _example(finding: Finding, names: dict[str, str]) -> str:
    whose = quoted([names[finding.project]]) + "：" if finding.project in names else ""
    return f"{whose}{stopped(one_line(finding.message))}"


def _words(findings: Sequence[Finding]) -> list[str]:
    return [
        f"{stopped(one_line(one.message))}{f'处理办法：{stopped(one_line(one.hint))}' if one.hint else ''}"
        for one in findings
    ]


def _weak(facts: ReportFacts, rate: ScoreRateFigures) -> Problem:
    last = lowest(facts, rate.code)
    line = line_of(last[0], rate.code) if last else None
    example = (f"{quoted([last[0].name])}：{because(line)}",) if last and line else ()
    below = _below_average(facts, rate)
    text = say("该指标平均得分", rate.average, "分，得分率", rate.rate, f"，在各项指标中偏低。{below}")
    return Problem(
        f"“{rate.name}”得分率偏低", text, example, f"改进“{rate.name}”", *_indicator_advice(facts, rate, _LOW)
    )


def _below_average(facts: ReportFacts, rate: ScoreRateFigures) -> str:
    average = rate.average.value or Decimal(0)
    own = [one for one in facts.scored if counts(line_of(one, rate.code)) and _score(one, rate.code) < average]
    return f"低于平均得分的有{quoted((one.name for one in own), _NAMES)}。" if own else ""


def _score(project: ProjectFigures, code: str) -> Decimal:
    figure: Figure | None = project.indicators.get(code)
    return (figure.value if figure else None) or Decimal(0)


def _indicator_advice(facts: ReportFacts, rate: ScoreRateFigures, who: str) -> tuple[Sentence, str]:
    """The recommendation in full, with the scoring standard, and in brief."""
    indicator = facts.scheme.indicator(rate.code)
    standard = one_line(indicator.standard) if indicator else ""
    target = f"以“{indicator.target}”为目标，" if indicator and indicator.target else ""
    brief = f"请{who}{target}查明失分原因，逐项提出改进措施和完成时限，并保留可核查的资料。"
    return (f"{brief}评分标准为：{stopped(standard)}" if standard else brief,), brief
