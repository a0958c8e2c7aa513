"""Reports of ours: numbers that carry the cell they come from, and text that is as it was generated."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Printed
from toolkit.proof.facts import Fact
from toolkit.proof.once import once
from toolkit.proof.report import Report

_SOURCES = ("评价方案!", "文件指纹!")
"""Addresses that many numbers share."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A printed number of the master."""

    printed: Printed
    text: str
    value: Decimal

    def meets(self, other: "_Number") -> bool:
        """Whether one value can have been printed as both."""
        steps = [Decimal(1).scaleb(int(number.value.as_tuple().exponent)) for number in (self, other)]
        return abs(self.value - other.value) <= (0 if steps[0] == steps[1] else sum(steps) / 2)


def _facts(report: Report, printed: Printed) -> tuple[Fact, ...]:
    return _facts_of_figures(report)[id(printed)]


@once
def _facts_of_figures(report: Report) -> Mapping[int, tuple[Fact, ...]]:
    """The facts of every number with a cell: three rules ask for them."""
    figures = report.document.origin.figures
    return {id(printed): report.facts_within(printed.place, printed.start, printed.end) for printed in figures}


@rule("origin.cell", group=Group.WORKSPACE, title="带来源标记的数字与汇总总表一致")
def cells(report: Report) -> Iterator[Result]:
    """Every number with a bookmark against its cell of the workspace's master workbook."""
    compare = report.known.cell
    if compare is None:
        return
    texts = report.texts
    for printed in report.document.origin.figures:
        facts = _facts(report, printed)
        text = texts.get(printed.place, "")[printed.start : printed.end]
        if not text.strip():
            continue  # a person deleted it
        right = compare(printed.at, text)
        if right is None:
            if facts:
                yield agrees(*facts)
        else:
            place = printed.at.partition("#")[0]
            message = f"这里印着“{text}”，汇总总表{place}为{right}"
            yield differs(printed.place, text, right, message, facts=facts, confidence=100)


@rule("origin.same", group=Group.SAME_FACT, title="来源相同的数字处处相同")
def same_cell(report: Report) -> Iterator[Result]:
    """Numbers of one cell are printed alike wherever they stand."""
    known: dict[str, list[_Number]] = defaultdict(list)
    texts = report.texts
    for printed in report.document.origin.figures:
        text = texts.get(printed.place, "")[printed.start : printed.end].strip()
        plain = text.replace(",", "").removesuffix("%")
        if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", plain) and not printed.at.startswith(_SOURCES):
            known[printed.at].append(_Number(printed, text, Decimal(plain)))
    for at, numbers in known.items():
        if len(numbers) > 1:
            yield from _alike(report, at, numbers)


def _alike(report: Report, at: str, numbers: Sequence[_Number]) -> Iterator[Result]:
    groups: list[list[_Number]] = []
    for number in numbers:
        alike = groups and groups[0][0].text == number.text
        near = groups[0] if alike else next((group for group in groups if group[0].meets(number)), None)
        if near is None:
            groups.append([number])
        else:
            near.append(number)
    changed = report.document.origin.changed
    written = changed.written.strip() if changed is not None and changed.at == at else ""
    first, *others = sorted(groups, key=lambda group: (group[0].text == written, len(group)), reverse=True)
    right = tuple(fact for number in first for fact in _facts(report, number.printed))
    if right and len(first) > 1:
        yield agrees(*right)
    for number in (number for group in others for number in group):
        made = f"生成时是{written}，" if written else ""
        message = f"这里印着{number.text}，{made}同一来源（汇总总表{at}）的另{len(first)}处为{first[0].text}"
        place, facts = number.printed.place, _facts(report, number.printed)
        yield differs(place, number.text, first[0].text, message, facts=facts, related=(first[0].printed.place,))


@rule("origin.text", group=Group.WORKSPACE, title="生成的数字没有被改动")
def generated(report: Report) -> Iterator[Result]:
    """Numbers of text that is as it was generated, and text of which only digits are others."""
    origin = report.document.origin
    if not origin.figures and not origin.generated:
        return
    marked = {id(fact) for printed in origin.figures for fact in _facts(report, printed)}
    kept = [fact for fact in report.facts if (fact.place.block, fact.place.row) in origin.generated]
    kept = [fact for fact in kept if id(fact) not in marked]
    if origin.intact or origin.changed:
        kept += [fact for printed in _as_written(report) for fact in _facts(report, printed)]
    if kept:
        yield agrees(*kept)
    texts = {(place.block, place.row): (place, text) for place, text in reversed(list(report.document.texts()))}
    for at in sorted(origin.altered):
        if at in texts:
            place, text = texts[at]
            message = f"这里的数字在生成后被改动过，请核对：“{text[:40]}”"
            yield doubtful(place, text[:40], "", message, confidence=90)
    if origin.figures and not origin.intact and not origin.changed and report.known.cell is None:
        message = "带来源标记的数字在生成后被改动、移动或删去过；请在工作区里校核（-w），逐个与汇总总表核对"
        yield doubtful(origin.figures[0].place, "来源标记", "", message, confidence=90)


def _as_written(report: Report) -> Iterator[Printed]:
    """The numbers with a cell, but for the one that is known to have changed."""
    changed = report.document.origin.changed
    for printed in report.document.origin.figures:
        text = report.texts.get(printed.place, "")[printed.start : printed.end]
        if changed is None or (printed.at, text.strip()) != (changed.at, changed.text.strip()):
            yield printed
