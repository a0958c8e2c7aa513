"""Rates beside the amounts they are made of: in two tables with a row a project each, and in one list of named numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import permutations

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.labelled import labelled_lists
from toolkit.proof.records import measure_of, table_records
from toolkit.proof.report import Report
from toolkit.proof.rules.proportions.rates import PARTS_OF_RATES, ratio_bounds

_RATES = ("资金到位率", "预算执行率")
_FEWEST, _MOST_WRONG = 3, 0.25
_Rows = Mapping[str, Mapping[str, Fact]]
_TABLES = (
    "项目名称\t预算资金（元）\t实际到位资金（元）\t实际支出资金（元）\n疫情防控平台\t100.00\t100.00\t80.00\n核酸检测平台\t200.00\t180.00\t180.00\n"
    "电子政务外网\t300.00\t300.00\t270.00\n电子印章平台\t400.00\t400.00\t400.00\n\n\n"
    "项目名称\t资金到位率\t预算执行率\n疫情防控平台\t100.00%\t80.00%\n核酸检测平台\t90.00%\t90.00%\n电子政务外网\t100.00%\t90.00%\n电子印章平台\t100.00%\t100.00%\n"
)


@rule(
    "rate.elsewhere",
    group=Group.RATES,
    title="比率表与资金表逐个项目相符",
    good=(_TABLES,),
    bad=(
        _TABLES.replace("电子印章平台\t100.00%", "电子印章平台\t600.00%"),
        _TABLES.replace("电子政务外网\t100.00%\t90.00%", "电子政务外网\t100.00%\t90.20%"),
    ),
)
def rates(report: Report) -> Iterator[Result]:
    """资金到位率 and 预算执行率 of one table by the amounts of another; where those of most rows agree."""
    tables = _tables(report)
    for of_rates, of_amounts in permutations(tables, 2):
        for measure in _RATES:
            judged = [
                result
                for name, facts in tables[of_rates].items()
                if measure in facts
                and name in tables[of_amounts]
                and not _parts(facts, measure)
                and (result := _judged(name, measure, facts[measure], tables[of_amounts][name]))
            ]
            wrong = sum(not right for right, _ in judged)
            if len(judged) >= _FEWEST and wrong <= _MOST_WRONG * len(judged):
                yield from (result for _, result in judged)


def _tables(report: Report) -> Mapping[int, _Rows]:
    """Table → name → measure → number, of what a row names once."""
    found: dict[int, dict[str, dict[str, list[Fact]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    for record in table_records(report):
        found[record.source][record.label][record.measure].append(record.fact)
    return {
        table: {
            name: {measure: facts[0] for measure, facts in measures.items() if len(facts) == 1}
            for name, measures in rows.items()
        }
        for table, rows in found.items()
    }


def _parts(facts: Mapping[str, Fact], measure: str) -> list[tuple[Fact, Fact]]:
    return [(facts[part], facts[whole]) for part, whole in PARTS_OF_RATES[measure] if part in facts and whole in facts]


_LIST = (
    "项目\t单位\t数值\n合同金额\t万元\t176.00\n预算资金\t万元\t177.23\n实际到位资金\t万元\t177.23\n实际支出资金\t万元\t160.39\n"
    "资金到位率\t—\t100.00%\n预算执行率\t—\t90.50%\n"
)


@rule(
    "rate.labelled",
    group=Group.RATES,
    title="同一组数中的资金到位率、预算执行率正确",
    good=(_LIST,),
    bad=(_LIST.replace("\t90.50%", "\t95.00%"), _LIST.replace("万元\t160.39", "万元\t260.39")),
)
def labelled(report: Report) -> Iterator[Result]:
    """资金到位率 and 预算执行率 of a paragraph, a cell or a table that names both amounts as well."""
    for item in labelled_lists(report):
        measured = [(measure_of(name), fact) for name, fact in item.facts.items()]
        counts = Counter(measure for measure, _ in measured)
        amounts = {measure: fact for measure, fact in measured if counts[measure] == 1}
        for measure in _RATES:
            judged = _judged("", measure, amounts[measure], amounts) if measure in amounts else None
            if judged is not None:
                yield judged[1]


def _judged(name: str, measure: str, rate: Fact, amounts: Mapping[str, Fact]) -> tuple[bool, Result] | None:
    """Whether a rate is that of the amounts, of the budget or of what came in, and what is said of it.

    ``amounts``: measure → number; ``name``: whose they are, "" where all are of one project.
    """
    parts = [pair for pair in _parts(amounts, measure) if pair[1].base > 0]
    if not parts:
        return None
    for part, whole in parts:
        bounds = ratio_bounds(part, whole)
        if bounds and rate.meets(*bounds):
            return True, agrees(rate, part, whole)
    part, whole = parts[-1]
    due = f"{part.base * 100 / whole.base:.2f}%"
    working = f"{said(part)}÷{said(whole)}={due}"
    message = f"{f'“{name}”的' if name else ''}{measure}写{rate.text}，{working}"
    return False, differs(
        rate.place, rate.text, due, message, facts=(rate, part, whole), related=(part.place, whole.place),
        working=working,
    )  # fmt: skip
