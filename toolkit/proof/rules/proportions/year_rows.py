"""2023年支付额较2022年增加410.28万元，增长59.13%: changes between two years that stand as lines of one table."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import as_printed, lines_of, unlike
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import FALLS, RISES
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TABLE = "年度\t预算\t支付\n2022年\t720.00\t693.84\n2023年\t1,130.00\t1,104.12\n2024年\t675.00\t656.90\n"
_GOOD = (
    f"表1 预算\n单位：万元\n{_TABLE}\n\n2023年支付额较2022年增加410.28万元，增长59.13%；"
    "2024年支付额较2023年减少447.22万元，下降40.50%。"
)
_CHANGE = Pattern(
    rf"(?:(?P<new>20[0-9]{{2}})年[^，。；0-9]{{0,12}})?(?:比|较)(?P<old>20[0-9]{{2}})年度?的?[^，。；0-9]{{0,6}}?"
    rf"(?:(?P<up>{RISES}|多)|(?P<down>{FALLS}|少))了?(?P<change>[0-9][0-9,.]*)[^，。；0-9%]{{0,4}}"
    r"(?:[，,](?:同比)?(?:增长|增幅|下降|降幅|增加|减少)(?:了|为)?(?P<share>[0-9.]+)%)?"
)
_YEARS = Pattern("(20[0-9]{2})年")


@rule(
    "line.year_rows",
    group=Group.RATES,
    title="两年相比的增减方向和幅度与表中两年的行相符",
    good=(_GOOD,),
    bad=(
        _GOOD.replace("减少447.22万元，下降", "增加447.22万元，增长"),
        _GOOD.replace("59.13%", "51.93%"),
        _GOOD.replace("40.50%", "45.00%"),
    ),
)
def changes(report: Report) -> Iterator[Result]:
    """A change that two lines of years make under a heading: its direction, and its share of the older number."""
    lines = lines_of(report)
    for sentence in report.prose_with(_CHANGE) if lines else ():
        last = ""
        for match in _CHANGE.finditer(sentence.text):
            named = _YEARS.findall(sentence.text[: match.start("old")])
            last = match["new"] or (named[-1] if named else last)
            if last and last != match["old"]:
                yield from _change(report, sentence, match, last)


def _change(report: Report, sentence: Sentence, match: re.Match[str], year: str) -> Iterator[Result]:
    change = _fact_at(report, sentence, match.start("change"))
    if change is None:
        return
    pairs = [(new, old) for new, old in _pairs(report, year, match["old"]) if not unlike(new, change)]
    made = [pair for pair in pairs if _apart(change, *pair)]
    if not made or len({(new.base > old.base, _share(new, old)) for new, old in made}) > 1:
        return
    new, old = made[0]
    rises = new.base > old.base
    if rises is not bool(match["up"]):
        words = "增加" if rises else "减少"
        message = (
            f"{year}年是{said(new)}，{match['old']}年是{said(old)}，是{words}，写的是“{match['up'] or match['down']}”"
        )
        yield differs(
            change.place, match["up"] or match["down"], words, message, facts=(change, new, old),
            related=(new.place, old.place), confidence=85,
        )  # fmt: skip
        return
    yield agrees(change, new, old)
    share = _fact_at(report, sentence, match.start("share")) if match["share"] else None
    if share is not None and old.base > 0:
        yield from _told_share(share, new, old)


def _told_share(share: Fact, new: Fact, old: Fact) -> Iterator[Result]:
    due = _share(new, old)
    if abs((share.value or Decimal(0)) - due) <= share.step / 2:
        yield agrees(share, new, old)
        return
    right = f"{plain(round(due, 2))}%"
    message = f"增减幅度写{said(share)}，表中两年是{said(old)}和{said(new)}，应为{right}"
    yield doubtful(
        share.place, said(share), right, message, facts=(share, new, old), related=(new.place, old.place), confidence=85
    )


def _share(new: Fact, old: Fact) -> Decimal:
    """How much of the older number the change is, in per cent."""
    return abs(new.base - old.base) * 100 / old.base if old.base else Decimal(0)


def _apart(change: Fact, new: Fact, old: Fact) -> bool:
    due = abs(as_printed(new, change) - as_printed(old, change))
    return bool(due) and abs((change.value or Decimal(0)) - due) <= change.step / 2


def _pairs(report: Report, year: str, before: str) -> Iterator[tuple[Fact, Fact]]:
    """The cells of two lines of years under each heading they share."""
    lines = [line for line in lines_of(report) if not line.total]
    for line in lines:
        if not re.fullmatch(f"{year}年度?", line.names[0]):
            continue
        for other in lines:
            if other.table == line.table and re.fullmatch(f"{before}年度?", other.names[0]):
                yield from ((cell, other.cells[at]) for at, cell in line.cells.items() if at in other.cells)


def _fact_at(report: Report, sentence: Sentence, at: int) -> Fact | None:
    facts = report.facts_within(sentence.place, sentence.start + at, sentence.start + at + 1)
    return next((fact for fact in facts if fact.exact and fact.value and fact.kind is not FactKind.DATE), None)
