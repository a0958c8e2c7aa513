"""What reports print of sheets whose rows move is named by project, so that another project's finding moves nothing."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.aggregate.plans import FINDINGS, small_plan
from toolkit.aggregate import Master, build_master, cell_words, own_cells, read_master, with_own_rows
from toolkit.aggregate.assessed_figures import assessed
from toolkit.aggregate.own_rows import OwnRows
from toolkit.model import (
    Assessment,
    CellRef,
    Finding,
    KeyKind,
    ProblemClass,
    ProblemHit,
    ProblemRow,
    SaidHit,
    Severity,
)
from toolkit.word.figure_names import sheet_and_cell
from toolkit.word.marks import Marks

D = Decimal
_NEW = Finding("FUND-09", Severity.ERROR, CellRef("1.xlsx", "资金情况", "C8"), "明细合计不等于累计", "改", project="1")


def row(code: str) -> ProblemRow:
    return ProblemRow(code, KeyKind.INDICATOR, "A101", "A101", ProblemClass.MANAGEMENT, "{笔}笔")


def assessment(*hits: tuple[str, str, str]) -> Assessment:
    """Facts as project, problem, points lost."""
    said = (
        SaidHit(ProblemHit(row(code), project, D(number), D(lost), {}), f"{code}共{number}笔", "", None)
        for number, (project, code, lost) in enumerate(hits, 1)
    )
    return Assessment((), tuple(said), ())


def made(findings: tuple[Finding, ...], *hits: tuple[str, str, str]) -> Master:
    return build_master(replace(small_plan(), findings=findings, assessment=assessment(*hits)))


def printed(master: Master, project: str) -> Mapping[str, str]:
    """What a report of a project prints of these sheets: what it is about → address."""
    facts = assessed(master.drawn)["facts"][project]
    own = [finding for finding in master.figures.findings if finding.project == project]
    told = {finding.code: master.figures.problems[finding] for finding in own}
    return told | {
        f"{fact.hit.row.code} {name}": at for fact in facts for name, at in (("事实", fact.at), ("失分", fact.lost.at))
    }


def test_a_finding_and_a_fact_of_another_project_move_rows_and_no_address():
    before = made(FINDINGS, ("1", "P01", "1"), ("2", "P02", "2"), ("2", "P03", "0.5"))
    after = made((*FINDINGS, _NEW), ("1", "P00", "3"), ("1", "P01", "1"), ("2", "P02", "2"), ("2", "P03", "0.5"))
    assert printed(before, "2") == printed(after, "2")
    old, new = own_cells(read_master(before.data)), own_cells(read_master(after.data))
    assert all(old[at] != new[at] for at in printed(before, "2").values()), "the rows themselves have moved"
    assert printed(before, "1") != printed(after, "1")


def test_an_address_says_what_stands_in_the_row_whatever_sheet_it_is_on():
    master = made((*FINDINGS, _NEW), ("1", "P01", "1"), ("2", "P02", "2"), ("2", "P03", "0.5"))
    cells = with_own_rows(read_master(master.data))
    for finding, at in master.figures.problems.items():
        assert cells[at] == finding.words
        assert cells[master.figures.remedies[finding]] == (finding.hint or "—")
    facts = [fact for own in assessed(master.drawn)["facts"].values() for fact in own]
    assert [(cells[fact.at], cells[fact.lost.at]) for fact in facts] == [(f.text, f.lost.value) for f in facts]


def test_what_belongs_to_no_project_is_named_by_its_row():
    master = made(FINDINGS)
    (at,) = (at for finding, at in master.figures.problems.items() if not finding.project)
    assert at in read_master(master.data)


@pytest.mark.parametrize("number", ["7", "2024-甲/01", "x!'y", "甲" * 40, "", "—"])
def test_any_number_of_a_project_makes_an_address_that_a_bookmark_can_hold(number):
    rows = OwnRows("问题明细")
    name = rows.named(number)
    if not name:
        assert number in ("", "—")
        return
    at = f"{name}!J{rows.next(name)}#2"
    assert sheet_and_cell(at) == (name, "J1第2数")
    marks = Marks("n")
    assert len(marks.name(at, "1")) <= 40
    assert marks.properties()["jx_sheets"] == "{}", "the name says the sheet by itself"


def test_numbers_that_look_alike_in_a_name_are_still_told_apart_by_place():
    rows = OwnRows("问题清单")
    names = [rows.named(number) for number in ("a-1", "a/1", "a-1")]
    assert [(name, rows.next(name)) for name in names] == [("问题清单第a_1号", n) for n in (1, 2, 3)]


def test_a_master_that_a_person_saved_without_these_sheets_has_no_such_cells():
    assert own_cells({"汇总!A3": "序号", "汇总!A4": D(1)}) == {}


def test_an_address_is_explained_by_the_row_it_means():
    master = made(FINDINGS, ("1", "P01", "1"), ("2", "P02", "2"))
    fact = assessed(master.drawn)["facts"]["2"][0]
    words = cell_words(master.data)
    assert words(fact.lost.at) == words(own_cells(read_master(master.data))[fact.lost.at]) != ""
    assert words(f"{fact.at}#1") == words(fact.at)
