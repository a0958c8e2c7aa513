"""verify: break one thing in a master and exactly that is reported."""

import io
import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.aggregate.plans import ANSWERS, D, sheet, small_plan, whole_plan
from tests.small_scheme import SMALL_SCHEME
from toolkit.aggregate import MasterPlan, build_master, open_master, read_master, verify_master
from toolkit.model import Finding, Severity, Stated
from toolkit.ooxml.package import Member, inflate, read_members, with_contents

ALTERED = 400 if os.environ.get("JIXIAO_FULL") == "1" else 40
PLAN = small_plan()
MASTER = build_master(PLAN)


def edited(*changes: tuple[str, str, object]) -> bytes:
    """The master as somebody saved it with openpyxl (which drops all results) after changing some cells."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(MASTER.data))
    for sheet_name, cell, value in changes:
        book[sheet_name][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def checked(data: bytes, plan: MasterPlan) -> list[Finding]:
    return verify_master(open_master(data), plan)


def codes(data: bytes) -> list[tuple[str, str, str]]:
    return [(one.code, one.at.sheet, one.at.cell) for one in checked(data, PLAN)]


def test_an_untouched_master_is_right():
    assert checked(MASTER.data, PLAN) == []
    assert checked(build_master(whole_plan()).data, whole_plan()) == []


def test_saved_without_results_the_formulas_are_evaluated():
    again = read_master(edited())
    for address, value in read_master(MASTER.data).items():
        other = again.get(address, "")
        same = abs(value - other) < D("1e-9") if isinstance(value, Decimal) else value == other
        assert same, address
    assert codes(edited()) == []


def test_a_total_typed_over_its_formula():
    found = checked(edited(("汇总", "J4", 87.89)), PLAN)
    assert [(one.code, one.at.cell, one.severity) for one in found] == [("VERIFY-02", "J4", Severity.ERROR)]
    assert "“1”行的总分" in found[0].message


def test_a_score_formula_made_kinder_changes_everything_above_it():
    found = codes(edited(("指标得分", "J4", "=10")))
    assert ("VERIFY-03", "指标得分", "J4") in found
    assert {("VERIFY-01", "汇总", "F4"), ("VERIFY-01", "汇总", "J4")} <= set(found)


def test_formulas_that_an_earlier_version_wrote_otherwise_are_one_note_with_their_values_compared():
    older = edited(("汇总", "J4", "=SUM($F4:$I4)+0"), ("汇总", "J5", "=SUM($F5:$I5)+0"))
    assert {one.code for one in checked(older, PLAN)} == {"VERIFY-03"}
    (found,) = verify_master(open_master(older), PLAN, as_generated=True)
    assert (found.code, found.severity, found.at.cell) == ("VERIFY-08", Severity.NOTE, "J4")
    assert "2个单元格的公式现在写法不同，结果另行核对：汇总!J4、汇总!J5" in found.message
    wrong = edited(("指标得分", "J4", "=10"))
    told = {(one.code, one.at.sheet, one.at.cell) for one in verify_master(open_master(wrong), PLAN, as_generated=True)}
    assert {("VERIFY-01", "指标得分", "J4"), ("VERIFY-08", "指标得分", "J4")} <= told
    assert "VERIFY-03" not in {code for code, _, _ in told}


def test_an_input_value_changed_by_hand():
    assert ("VERIFY-01", "指标得分", "J6") in codes(edited(("指标得分", "R6", 1)))


def test_a_formula_spelled_differently_is_the_same_formula():
    assert codes(edited(("汇总", "J4", "= round( sum($F4:$I4), 2 )"))) == []


def test_a_renamed_project_is_a_warning():
    found = checked(edited(("汇总", "D4", "别的项目")), PLAN)
    assert [(one.code, one.severity) for one in found] == [("VERIFY-05", Severity.WARNING)]


def test_what_differs_is_told_as_values():
    (found,) = (one for one in checked(edited(("指标得分", "R6", 1)), PLAN) if one.at.cell == "J6")
    assert found.word("found") == found.found
    assert found.word("expected") == found.expected
    assert isinstance(found.word("found"), Stated)


def test_a_missing_sheet_is_reported_once_and_what_needs_it_too():
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(MASTER.data))
    del book["单位汇总"]
    stream = io.BytesIO()
    book.save(stream)
    assert ("VERIFY-04", "单位汇总", "") in codes(stream.getvalue())


def test_scores_that_have_changed_since():
    better = sheet(SMALL_SCHEME, "1", {**ANSWERS, "A102": {"扣分": D(0)}})
    found = checked(MASTER.data, replace(PLAN, sheets={**PLAN.sheets, "1": better}))
    assert ("VERIFY-01", "汇总!J4") in [(one.code, f"{one.at.sheet}!{one.at.cell}") for one in found]


def test_a_formula_that_leads_to_itself_is_an_error_not_a_crash():
    assert ("VERIFY-03", "汇总", "J4") in codes(edited(("汇总", "J4", "=J4+1")))


def digits(members: dict[str, Member]) -> Iterator[tuple[str, int]]:
    """Part and place of every digit that is a value: numbers, results and texts of cells, what charts show."""
    for name, content in members.items():
        if match := re.match(r"xl/(worksheets/sheet|sharedStrings|charts/chart)", name):
            pattern = {
                "worksheets/sheet": r'<c (?![^>]*t="s")[^>]*>(?:<f>[^<]*</f>)?<v>([^<]*)</v>',
                "sharedStrings": r"<t[^>]*>([^<]*)</t>",
                "charts/chart": r"<c:pt [^>]*><c:v>([^<]*)</c:v>",
            }[match[1]]
            for found in re.finditer(pattern, inflate(content).decode()):
                yield from ((name, found.start(1) + place) for place, sign in enumerate(found[1]) if sign.isdigit())


def test_every_altered_digit_of_a_value_is_found_and_named():
    members = read_members(MASTER.data)
    chance = random.Random(40)  # noqa: S311
    for name, place in chance.sample(list(digits(members)), ALTERED):
        text = inflate(members[name]).decode()
        other = chance.choice([digit for digit in "0123456789" if digit != text[place]])
        altered = f"{text[:place]}{other}{text[place + 1 :]}".encode()
        found = checked(with_contents(members, {name: altered}), PLAN)
        assert found, text[place - 60 : place + 20]
        assert all(one.at.sheet and one.at.cell for one in found)


def test_the_fifteenth_digit_is_named_and_no_error():
    members = read_members(MASTER.data)
    name = "xl/worksheets/sheet3.xml"
    text = inflate(members[name])
    assert b"<v>0.9995</v>" in text, "a double stands as the shortest number that is read back as the same"
    altered = text.replace(b"<v>0.9995</v>", b"<v>0.9995000000000041</v>", 1)
    (found,) = checked(with_contents(members, {name: altered}), PLAN)
    assert (found.code, found.severity) == ("VERIFY-06", Severity.NOTE)
    assert f"{found.at.sheet}!{found.at.cell}" in found.message


@pytest.mark.parametrize(
    ("before", "after", "severity"), [("评分规则", "评分办法", Severity.WARNING), ("12", "13", Severity.ERROR)]
)
def test_a_text_with_other_words_and_a_text_with_other_digits(before, after, severity):
    texts = inflate(read_members(MASTER.data)["xl/sharedStrings.xml"]).decode()
    match = next(found for found in re.finditer(r"<t[^>]*>([^<]*)</t>", texts) if before in found[1])
    start = match.start(1) + match[1].index(before)
    altered = f"{texts[:start]}{after}{texts[start + len(before) :]}".encode()
    found = checked(with_contents(read_members(MASTER.data), {"xl/sharedStrings.xml": altered}), PLAN)
    assert {(one.code, one.severity) for one in found} == {("VERIFY-05", severity)}


def test_a_chart_that_shows_another_value_than_its_cell():
    members = read_members(MASTER.data)
    name = next(name for name in members if name.startswith("xl/charts/"))
    text = re.sub(rb"(<c:numCache>.*?<c:v>)[^<]*", rb"\g<1>77", inflate(members[name]), count=1)
    (found,) = checked(with_contents(members, {name: text}), PLAN)
    assert (found.code, found.severity, str(found.found)) == ("VERIFY-07", Severity.ERROR, "77")


@pytest.mark.libreoffice
@pytest.mark.parametrize("plan", [PLAN, whole_plan()], ids=["projects", "whole"])
def test_libreoffice_calculates_the_same(plan, tmp_path: Path):
    from toolkit.excel.libreoffice import recalculate

    path = tmp_path / "总表.xlsx"
    path.write_bytes(build_master(plan).data)
    found = checked(recalculate([path], tmp_path / "out")[path].read_bytes(), plan)
    assert [one for one in found if one.code != "VERIFY-06"] == []
