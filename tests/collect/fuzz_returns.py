"""``make fuzz``: parts of a clean return changed at random, zipped again and read. A clean run prints one line.

Structure-aware: elements are doubled, removed, moved and emptied, attributes and texts replaced by awkward ones, so
that the reader gets past the container and the parser. Every change must end in an outcome (never in 程序出错), in a
second or two, with a balance that adds up, and no number may come out that openpyxl does not find in that very cell.
A failing file is kept; it belongs into ``damage_matrix.py``.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from lxml import etree

from tests.collect.damage import packed, parts
from tests.collect.returned import clean, context
from toolkit.collect import Cause, IsolatedReader, Outcome, WorkerLimits
from toolkit.model import Reading

AWKWARD = (
    "",
    "-1",
    "0",
    "1e999",
    "NaN",
    "9" * 40,
    "XFD1048577",
    "A0",
    "#REF!",
    "'",
    "＝1",
    "\u202e",
    "𝟙",
    "true",
    "{{x}}",
)
KEPT = Path("fuzz-findings")


def mutated(data: bytes, draw: random.Random) -> tuple[bytes, str]:
    """The workbook with one to three changes in one of its parts, and which part."""
    files = parts(data)
    name = draw.choice(sorted(one for one in files if one.endswith((".xml", ".rels"))))
    root = etree.fromstring(files[name])
    for _ in range(draw.randint(1, 3)):
        draw.choice(CHANGES)(draw.choice(list(root.iter())), draw)
    return packed({**files, name: etree.tostring(root)}), name


def doubled(element, _: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(parent.index(element), etree.fromstring(etree.tostring(element)))


def removed(element, _: random.Random) -> None:
    if element.getparent() is not None:
        element.getparent().remove(element)


def moved(element, draw: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(draw.randint(0, len(parent)), element)


def attribute_changed(element, draw: random.Random) -> None:
    if element.attrib:
        element.set(draw.choice(sorted(element.attrib)), draw.choice(AWKWARD))


def attribute_removed(element, draw: random.Random) -> None:
    if element.attrib:
        del element.attrib[draw.choice(sorted(element.attrib))]


def text_changed(element, draw: random.Random) -> None:
    element.text = draw.choice(AWKWARD)


def emptied(element, _: random.Random) -> None:
    element[:] = []


CHANGES: tuple[Callable, ...] = (
    doubled,
    removed,
    moved,
    attribute_changed,
    attribute_changed,
    attribute_removed,
    text_changed,
    text_changed,
    emptied,
)


def fault(outcome: Outcome, data: bytes, seconds: float, known: dict[str, Reading]) -> str:
    """What is wrong with an outcome, "" for nothing."""
    if outcome.cause in (Cause.OUR_FAULT, Cause.CRASHED, Cause.TOO_SLOW):
        return outcome.reason
    if seconds > 3:
        return f"{seconds:.1f} seconds"
    if outcome.submission is None:
        return ""
    if not outcome.balance.holds:
        return "the balance does not add up"
    numbers = {key: one for key, one in outcome.submission.readings.items() if isinstance(one.value, Decimal)}
    changed = [one for key, one in numbers.items() if key not in known or known[key].value != one.value]
    return wrong_number(data, changed) if changed else ""


def wrong_number(data: bytes, changed: list[Reading]) -> str:
    """A number that openpyxl does not find in the cell it is said to stand in."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(BytesIO(data), data_only=True)
    except Exception:  # noqa: BLE001 - what openpyxl cannot load it cannot judge
        return ""
    for one in changed:
        try:
            found = book[one.at.sheet][one.at.cell].value
        except (KeyError, ValueError, AttributeError):
            continue
        if not one.formula and not _says(found, one.original):
            return f"{one.key}: {one.original} was read where openpyxl finds {found!r}"
    return ""


def _says(found: object, original: str) -> bool:
    """Whether openpyxl's content of a cell is what we read; dates it shows in its own way, texts must be equal."""
    if isinstance(found, int | float) and not isinstance(found, bool):
        try:
            return abs(float(original) - found) <= 1e-9 * max(1, abs(found))
        except ValueError:
            return True  # a date by its number
    return found is not None and (not isinstance(found, str) or found == original)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=int(time.time()))
    chosen = options.parse_args()
    draw, start, count, faults = random.Random(chosen.seed), time.monotonic(), 0, 0  # noqa: S311 - repeatable
    with IsolatedReader(context(), WorkerLimits(10.0)) as reader:
        known = dict(reader.read(clean(), "clean.xlsx").submission.readings)
        while time.monotonic() - start < chosen.seconds:
            data, name = mutated(clean(), draw)
            began = time.monotonic()
            outcome = reader.read(data, "fuzz.xlsx")
            count += 1
            if words := fault(outcome, data, time.monotonic() - began, known):
                faults += 1
                KEPT.mkdir(exist_ok=True)
                (KEPT / f"{chosen.seed}-{count}.xlsx").write_bytes(data)
                sys.stdout.write(f"{chosen.seed}-{count} {name}: {words}\n")
    sys.stdout.write(f"{count} files, {faults} findings, seed {chosen.seed}\n")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main())
