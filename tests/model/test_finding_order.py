"""Lists of findings: by project, seriousness, code, place; by their sentences where all that is the same."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import permutations

from toolkit.model import CellRef, Finding, Sentence, Severity

PLACE = CellRef("甲.xlsx", "资金情况", "C5")
LATER = CellRef("甲.xlsx", "资金情况", "C6")
IN_ORDER = (
    Finding("FUND-01", Severity.ERROR, PLACE, "不等", project="2"),
    Finding("FUND-01", Severity.ERROR, PLACE, Sentence.saying("超过{basis}", basis=Decimal(10)), project="2"),
    Finding("FUND-01", Severity.ERROR, PLACE, "超过9", project="2"),
    Finding("FUND-01", Severity.ERROR, LATER, "不等", project="2"),
    Finding("FUND-02", Severity.ERROR, PLACE, "不等", project="2"),
    Finding("FUND-01", Severity.WARNING, PLACE, "不等", project="2"),
    Finding("FUND-01", Severity.ERROR, PLACE, "不等", project="10"),
)


def test_in_whatever_order_they_come_the_list_is_one() -> None:
    for some in permutations(IN_ORDER, 4):
        assert sorted(some, key=Finding.sort_key) == [one for one in IN_ORDER if one in some]


def test_equal_sentences_keep_the_order_in_which_they_came() -> None:
    first, second = (replace(IN_ORDER[0], hint=hint) for hint in ("乙", "甲"))
    assert sorted([first, second], key=Finding.sort_key) == [first, second]


@dataclass(frozen=True)
class _Unprintable(Sentence):
    def __str__(self) -> str:
        raise AssertionError("written out where places tell the findings apart")


def test_a_sentence_is_written_out_only_where_places_are_the_same() -> None:
    told = _Unprintable("超过{basis}")
    places = (PLACE, LATER, CellRef("乙.xlsx"))
    findings = [Finding("FUND-01", Severity.ERROR, place, told) for place in places]
    assert [one.at for one in sorted(findings, key=Finding.sort_key)] == sorted(places)
