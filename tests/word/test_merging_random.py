"""Random edits of a person × random changes of the data: no character lost, every bound figure right.

``JIXIAO_FULL=1`` (``make living``) runs a thousand sets of edits; the suite runs a sample of them.
"""

import os
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest
from report_edits import Person
from small_reports import FIRST_ROW, ROWS, Row, report, values

from toolkit.word.figures import read_figures, read_manifest
from toolkit.word.merging import Merged, merge_report
from toolkit.word.package import DOCUMENT, parse, read_parts, w

NOON = datetime(2026, 11, 28, 12)  # noqa: DTZ001
BASE = report()
SETS = 1000 if os.environ.get("JIXIAO_FULL") == "1" else 60
_OWN_PARAGRAPH = re.compile(r"《([^《》]+)》得")


def changed_rows(seed: int) -> tuple[Row, ...]:
    """The projects after some time: other numbers and remarks, one added, one gone, another order."""
    chance = random.Random(seed)  # noqa: S311
    rows = [
        replace(row, score=f"{chance.randint(4000, 9999) / 100:.2f}") if chance.random() < 0.5 else row for row in ROWS
    ]
    rows = [replace(row, remark="验收材料不全。") if chance.random() < 0.2 else row for row in rows]
    if chance.random() < 0.3:
        rows.insert(chance.randrange(len(rows)), Row(f"新增项目{seed}", "66.60"))
    if chance.random() < 0.2:
        rows.pop(chance.randrange(len(rows)))
    if chance.random() < 0.2:
        chance.shuffle(rows)
    return tuple(rows)


def printed(docx: bytes) -> str:
    paragraphs = parse(read_parts(docx)[DOCUMENT]).iter(w("p"))
    return "\n".join("".join(text.text or "" for text in paragraph.iter(w("t"))) for paragraph in paragraphs)


def check(person: Person, made: Merged, rows: tuple[Row, ...]) -> None:
    """Everything a person typed is there; every figure that is bound says what its cell says, and is of its project."""
    text, parts = printed(made.data), read_parts(made.data)
    assert [mark for mark in person.typed if mark not in text] == []
    remarks = parts.get("word/comments.xml", b"").decode()
    assert [comment for comment in person.comments if comment not in remarks] == []
    assert Counter(name.partition("/media/")[1] for name in parts)["/media/"] >= person.pictures
    assert made.lost == ()
    assert read_manifest(made.data).intact
    cells, places = values(rows), {row.name: number for number, row in enumerate(rows, FIRST_ROW)}
    for figure in read_figures(made.data):
        assert figure.text == cells[figure.at], figure
        named = set(_OWN_PARAGRAPH.findall(figure.context)) & {row.name for row in (*ROWS, *rows)}
        if len(named) == 1 and "最高" not in figure.context:
            place = places.get(named.pop())
            assert figure.at in (f"得分!C{place}", f"得分!D{place}"), figure


@pytest.mark.parametrize("seed", range(SETS))
def test_random_edits_and_random_data(seed):
    person = Person(BASE, seed).edit(12)
    rows = changed_rows(seed)
    made = merge_report(BASE, person.saved(), report(rows), NOON)
    check(person, made, rows)


@pytest.mark.parametrize("seed", range(SETS // 10))
def test_edits_go_on_from_one_generation_to_the_next(seed):
    """Three rounds: edited, generated, edited again, generated again."""
    base, mine, before = BASE, BASE, None
    for number in range(3):
        person = Person(mine, seed * 10 + number, before).edit(6)
        rows = changed_rows(seed * 10 + number)
        new = report(rows)
        made = merge_report(base, person.saved(), new, NOON)
        check(person, made, rows)
        base, mine, before = new, made.data, person
