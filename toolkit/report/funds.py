"""资金核查情况: amounts and the three rates, payments beyond contracts, amounts nobody supplied."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from toolkit.formula import parse
from toolkit.model import Figure, Finding, FundFigures, Project, Severity
from toolkit.report import listing
from toolkit.report.facts import ReportFacts
from toolkit.report.reckoned import in_one_column, share, total
from toolkit.report.wording import Sentence, chained, quoted, said, say
from toolkit.text import amount

COLUMNS = {
    "contract": "合同金额",
    "audited": "审计核减后合同金额",
    "budget": "预算资金",
    "arrived": "实际到位资金",
    "spent": "实际支出资金",
    "cumulative": "累计支付金额",
    "arrival_rate": "资金到位率",
    "execution_rate": "预算执行率",
    "saving_rate": "成本节约率",
}
_RATES = {"arrival_rate": ("arrived", "budget"), "execution_rate": ("spent", "arrived")}
_MUST_BE_THERE = ("contract", "budget", "arrived", "spent", "cumulative")
OVERPAID = "FUND-01"
_IN_YUAN = "READ-50"
_PERHAPS_WRONG = {"READ-45": "有的金额疑似以元填报", "MAGN-01": "有的金额疑似填错计量单位"}
"""Codes of doubts about single amounts, and what is said of a project whose amounts are not used for them."""
_SHOWN, _NAMED = 3, 8
_LONG = 10
"""Characters of an amount beyond which nine columns no longer fit on a page lying on its side."""


def known_columns(funds: Iterable[FundFigures]) -> list[str]:
    """Names of the amounts and rates that at least one project has."""
    every = list(funds)
    return [name for name in COLUMNS if any(getattr(fund, name).value is not None for fund in every)]


def fund_table(facts: ReportFacts, projects: Sequence[Project]) -> dict[str, object]:
    """Heads and rows of the fund table: only columns with data; totals when it shows the whole roster."""
    funds = {project.id: facts.figures.funds[project.id] for project in projects}
    names = known_columns(funds.values())
    rows = [
        _row(project.id, project.name, {name: getattr(funds[project.id], name) for name in names})
        for project in listing.first(projects)
    ]
    if others := listing.rest(projects):
        sums = _row("", "", {name: sum_over(facts, others, name) for name in names})
        rows = listing.closed(
            rows, len(others), "汇总总表《资金核查》", {part: sums[part] for part in ("各项", "金额", "比率")}
        )
    if len(projects) == len(facts.roster.projects) > 1:
        rows.append(_row("", "合计", {name: fund_sum(facts, name) for name in names}))
    elif len(projects) > 1:
        rows.append(_row("", "合计", {name: sum_over(facts, projects, name) for name in names}))
    if len(projects) == len(facts.roster.projects) > 1 and _some_missing(facts, names):
        rows.append(_row("", "有数据的项目数", {name: _count(facts, name) for name in names}))
    return {
        "列": [COLUMNS[name] for name in names],
        "金额列": [COLUMNS[name] for name in names if not _is_rate(name)],
        "比率列": [COLUMNS[name] for name in names if _is_rate(name)],
        "分列": any(len(getattr(fund, name).text) > _LONG for fund in funds.values() for name in names),
        "行": rows,
    }


def pairs(facts: ReportFacts, funds: FundFigures) -> list[tuple[str, Figure, str]]:
    """Name, figure and unit of every amount and rate of one project."""
    unit = facts.scheme.money_unit
    return [
        (COLUMNS[column], getattr(funds, column), "" if _is_rate(column) else unit) for column in known_columns([funds])
    ]


def sum_over(facts: ReportFacts, projects: Sequence[Project], name: str) -> Figure | str:
    """The total of an amount over some projects, or a rate as one total over another where the scheme means that.

    It can be traced where the projects stand row below row in the master.
    """
    if _is_rate(name) and not _is_plain_ratio(facts, name):
        return "—"
    part, *whole = (_column(facts, projects, column) for column in _RATES.get(name, (name,)))
    found = share(part, whole[0]) if whole else total(part, amount)
    return found if in_one_column(part) else found.text


def _is_plain_ratio(facts: ReportFacts, name: str) -> bool:
    """Whether the scheme's formula of a rate is made of the two amounts alone."""
    field = facts.scheme.field(COLUMNS[name])
    wanted = {COLUMNS[column] for column in _RATES.get(name, ())}
    return bool(wanted) and field is not None and set(parse(field.formula or "=0").names) == wanted


def _column(facts: ReportFacts, projects: Sequence[Project], name: str) -> list[Figure]:
    return [getattr(facts.figures.funds[project.id], name) for project in projects]


def overview(facts: ReportFacts) -> Sentence:
    """Totals of money and rates in one sentence, and over how many projects each is, where not over all.

    () when no amount is known. Audited amounts are left out: their sum says nothing beside that of all contracts.
    """
    unit = facts.scheme.money_unit
    known = [name for name in COLUMNS if name != "audited" and fund_sum(facts, name).value]
    partial = facts.has_many_projects and _some_missing(facts, known)
    parts = []
    for _, group in groupby(known, lambda name: _count(facts, name).value if partial else None):
        names = list(group)
        sums = [say(COLUMNS[name], fund_sum(facts, name), "" if _is_rate(name) else unit) for name in names]
        whose = say("（", "均为" if len(names) > 1 else "", _count(facts, names[0]), "个项目）") if partial else ()
        parts.append(say(chained(sums, "，"), whose))
    return say("各项目合计：" if facts.has_many_projects else "", chained(parts, "，"), "。") if parts else ()


def rate_extremes(facts: ReportFacts) -> list[Sentence]:
    """For each rate the projects at the lower end; nothing for a single project."""
    found = []
    for name in ("arrival_rate", "execution_rate", "saving_rate"):
        rated = [project for project in facts.roster.projects if _rate(facts, project, name) is not None]
        if len(rated) < _SHOWN + 1:
            continue
        found.append(_rate_sentence(facts, name, rated))
    return found


def overpaid(facts: ReportFacts, projects: Sequence[Project]) -> dict[str, list[Sentence]]:
    """Payments beyond the contract as the check worded them, and those beyond it only by fees of third parties.

    A waived one stays among them, with who waived it and why.
    """
    return {
        "超付": _overpaid(facts, projects, Severity.ERROR),
        "含费用": _overpaid(facts, projects, Severity.WARNING),
    }


def _overpaid(facts: ReportFacts, projects: Sequence[Project], severity: Severity) -> list[Sentence]:
    names = {project.id: project.name for project in projects}
    found = (
        finding for finding in facts.figures.findings if finding.code == OVERPAID and finding.own_severity is severity
    )
    own = [finding for finding in found if finding.project in names]
    problems = facts.figures.problems
    told = [
        say(f"{quoted([names[finding.project]])}：", said(finding, problems.get(finding, "")))
        for finding in listing.first(own)
    ]
    others = len(listing.rest(own))
    return [*told, (f"其余{others}项见汇总总表《问题清单》。",)] if others else told


def rates(facts: ReportFacts) -> list[str]:
    """Names of the rates the scheme has."""
    return [words for name, words in COLUMNS.items() if _is_rate(name) and facts.scheme.field(words)]


def compares_payments(facts: ReportFacts) -> bool:
    """Payments and contracts are both known for some project."""
    return any(fund.cumulative.value is not None and fund.contract.value is not None for fund in _funds(facts))


def asks_for_payments(facts: ReportFacts) -> bool:
    """The scheme asks for contracts and for what was paid under them."""
    return all(facts.scheme.field(COLUMNS[name]) for name in ("contract", "cumulative"))


def missing_amounts(facts: ReportFacts) -> list[str]:
    """Amounts the scheme asks for that projects did not supply, projects with the same gaps together.

    Amounts typed in 元 and still to be corrected were supplied and are not used: that is said first.
    """
    in_yuan = {finding.project for finding in facts.of_units() if _is_in_yuan(finding)}
    doubtful = {code: set(_doubtful(facts, code)) for code in _PERHAPS_WRONG}
    not_used = set().union(*doubtful.values())
    projects = [project for project in facts.roster.projects if project.id not in in_yuan]
    known = known_columns(_funds(facts))
    asked = [name for name in _MUST_BE_THERE if name in known and facts.scheme.field(COLUMNS[name])]
    by_projects: dict[tuple[str, ...], list[str]] = {}
    for name in asked:
        funds = facts.figures.funds
        without = tuple(
            project.name
            for project in projects
            if getattr(funds[project.id], name).value is None and (project.id, COLUMNS[name]) not in not_used
        )
        if without:
            by_projects.setdefault(without, []).append(COLUMNS[name])
    return [
        *_not_used(facts, in_yuan, "的金额以元填报"),
        *(
            words
            for code, why in _PERHAPS_WRONG.items()
            for words in _not_used(facts, {project for project, _ in doubtful[code]}, why)
        ),
        *(f"{quoted(names, _NAMED)}未取得{'、'.join(amounts)}数据" for names, amounts in by_projects.items()),
    ]


def _not_used(facts: ReportFacts, ids: Container[str], why: str) -> list[str]:
    """Of which projects amounts are not used, and why; nothing where there are none."""
    names = quoted((project.name for project in facts.roster.projects if project.id in ids), _NAMED)
    return [f"{names}{why}，更正以前没有采用"] if names else []


def _doubtful(facts: ReportFacts, code: str) -> Iterator[tuple[str, str]]:
    """Project and field of amounts that are in doubt; of those an evaluator verified the verified amount is used."""
    for finding in facts.of_units():
        is_open = finding.code == code and finding.severity is not Severity.NOTE
        if is_open and (finding.project, "", finding.indicator) not in facts.verified:
            yield finding.project, finding.indicator


def _is_in_yuan(finding: Finding) -> bool:
    return finding.code == _IN_YUAN and finding.severity is Severity.ERROR


def _funds(facts: ReportFacts) -> Iterable[FundFigures]:
    return facts.figures.funds.values()


def _row(number: str, name: str, figures: Mapping[str, Figure | str]) -> dict[str, object]:
    return {
        "序号": number,
        "名称": name,
        "各项": list(figures.values()),
        "金额": [figure for one, figure in figures.items() if not _is_rate(one)],
        "比率": [figure for one, figure in figures.items() if _is_rate(one)],
    }


def _is_rate(name: str) -> bool:
    return name.endswith("_rate")


def fund_sum(facts: ReportFacts, name: str) -> Figure:
    """The total over the roster."""
    figure: Figure = getattr(facts.figures.fund_totals, name)
    return figure


def _count(facts: ReportFacts, name: str) -> Figure:
    figure: Figure = getattr(facts.figures.fund_counts, name)
    return figure


def _some_missing(facts: ReportFacts, names: Iterable[str]) -> bool:
    return any(_count(facts, name).value != len(facts.roster.projects) for name in names)


def _rate(facts: ReportFacts, project: Project, name: str) -> Decimal | None:
    value: Decimal | None = getattr(facts.figures.funds[project.id], name).value
    return value


def _rate_sentence(facts: ReportFacts, name: str, rated: Sequence[Project]) -> Sentence:
    ordered = sorted(rated, key=lambda one: _rate(facts, one, name) or Decimal(0))
    figures = [getattr(facts.figures.funds[one.id], name) for one in ordered]
    lowest = [one.name for one, figure in zip(ordered, figures, strict=True) if figure.value == figures[0].value]
    if len(lowest) == len(ordered):
        whose = "各项目" if len(rated) == len(facts.roster.projects) else "可以计算的项目"
        return say(f"{whose}{COLUMNS[name]}均为", figures[0], "。")
    opening = say(f"{COLUMNS[name]}最高为", figures[-1])
    if (
        name == "saving_rate"
    ):  # much is no merit: where costs are far from the plan, in either direction, the plan was off
        highest = [one.name for one, figure in zip(ordered, figures, strict=True) if figure.value == figures[-1].value]
        least = say("，最低为", figures[0], f"（{quoted(lowest, _SHOWN)}）。")
        return say(opening, f"（{quoted(highest, _SHOWN)}）", least)
    if len(lowest) > _SHOWN:  # to name some of them would be chance
        return say(opening, "；最低为", figures[0], f"，有{quoted(lowest, _SHOWN)}，共{len(lowest)}个。")
    pairs_ = zip(ordered[:_SHOWN], figures, strict=False)
    shown = chained([say(quoted([project.name]), "（", figure, "）") for project, figure in pairs_])
    return say(opening, "；较低的项目有", shown, "。")
