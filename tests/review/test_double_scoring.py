"""Double scoring: books are locked, agreement is counted before anything is ruled, a blank is never 0."""

import random
import shutil
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.pipeline.conftest import call
from toolkit.review import weighted_kappa
from toolkit.text.folding import people_in

SCORERS = ("甲", "乙", "丙")
WITHOUT_FORM = "38"
"""The project that returned nothing: marks alone make no score of it."""


def test_weighted_kappa_is_cohen_s_over_a_table_of_categories() -> None:
    """The definition over the table of frequencies, against the one over pairs."""
    table = [[10, 3, 0], [2, 8, 4], [1, 2, 9]]
    count = sum(map(sum, table))
    pairs = [
        (Decimal(row) / 2, Decimal(column) / 2)
        for row in range(3)
        for column in range(3)
        for _ in range(table[row][column])
    ]
    weight = [[(row - column) ** 2 / 4 for column in range(3)] for row in range(3)]
    rows, columns = [sum(row) for row in table], [sum(row[column] for row in table) for column in range(3)]
    seen = sum(weight[r][c] * table[r][c] for r in range(3) for c in range(3)) / count
    chance = sum(weight[r][c] * rows[r] * columns[c] for r in range(3) for c in range(3)) / count**2
    assert float(weighted_kappa(pairs) or 0) == pytest.approx(1 - seen / chance)
    assert weighted_kappa([(Decimal(1), Decimal(1))] * 5) is None
    assert weighted_kappa([]) is None


@pytest.fixture(scope="module")
def given_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Path]]:
    """A Nantong workspace with three books, empty."""
    folder = tmp_path_factory.mktemp("double") / "南通"
    call("init", folder, "--sample", "nantong-2024")
    call("collect", "-w", folder, code=None)
    made = call("scorebooks", "--scorers", "、".join(SCORERS), "-w", folder)
    return folder, {book["scorer"]: Path(book["file"]) for book in made["books"]}


def marks_of(path: Path) -> list[tuple[Any, ...]]:
    return [row for row in openpyxl.load_workbook(path)["打分册"].iter_rows(min_row=4) if row[0].value is not None]


def fill(path: Path, give: Callable[[str, str, Any], Any], to: Path) -> Path:
    """Type a mark into every row; None leaves it blank."""
    book = openpyxl.load_workbook(path)
    for row in (row for row in book["打分册"].iter_rows(min_row=4) if row[0].value is not None):
        mark = give(str(row[0].value), str(row[2].value), row[4].value)
        row[7].value = mark
        row[8].value = "查阅资料后独立打分，按标准扣分" if mark is not None else None
    to.parent.mkdir(exist_ok=True)
    book.save(to)
    return to


def seeded(scorer: str) -> Callable[[str, str, Any], Any]:
    draw = random.Random(f"打分{scorer}")  # noqa: S311

    def give(_project: str, code: str, full: Any) -> Any:
        if code == "D104":
            return draw.choice(["好", "好", "好", "较好"])
        if code == "D101":
            return f"{draw.choice([90, 92, 95, 96, 70])}%"
        return draw.choice([0, 0, 0.1, 0.2, float(full)])

    return give


def recounted_kappa(by_item: dict[tuple[str, str], list[Any]], fulls: dict[str, Decimal]) -> float:
    """Cohen's weighted kappa again from the typed marks: 1 − mean (x−y)² of pairs ÷ mean over all x with all y."""
    grades = ("好", "较好", "一般", "较差", "差")

    def place(code: str, mark: Any) -> float:
        if code == "D104":
            return grades.index(mark) / (len(grades) - 1)
        return float(number(code, mark)) / (1 if code == "D101" else float(fulls[code]))

    pairs = [
        (places[first], places[second])
        for (_, code), marks in by_item.items()
        for places in [[place(code, mark) for mark in marks]]
        for first, second in ((0, 1), (0, 2), (1, 2))
    ]
    seen = sum((left - right) ** 2 for left, right in pairs) / len(pairs)
    lefts, rights = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    chance = (
        sum(one * other * (left - right) ** 2 for left, one in lefts.items() for right, other in rights.items())
        / len(pairs) ** 2
    )
    return 1 - seen / chance


def number(code: str, mark: Any) -> Decimal:
    """A mark in its range, for the independent count."""
    if code == "D101":
        return Decimal(str(mark).rstrip("%")) / 100
    return Decimal(str(mark))


def test_three_seeded_scorers_are_reproduced_by_a_second_count(  # noqa: C901
    given_out: tuple[Path, dict[str, Path]], tmp_path: Path
) -> None:
    folder, empty = given_out
    files = [fill(path, seeded(scorer), tmp_path / f"{scorer}.xlsx") for scorer, path in empty.items()]
    first = call("adjudicate", files[0], "-w", folder)
    assert (first["locked"], first["missing"]) == (["甲"], ["乙", "丙"])
    assert first["differences"] == []
    done = call("adjudicate", *files[1:], "-w", folder)

    by_item: dict[tuple[str, str], list[Any]] = {}
    fulls: dict[str, Decimal] = {}
    for path in files:
        for row in marks_of(path):
            by_item.setdefault((str(row[0].value), str(row[2].value)), []).append(row[7].value)
            fulls[str(row[2].value)] = Decimal(str(row[4].value))
    differing, values = set(), {}
    for (project, code), marks in by_item.items():
        if code == "D104":
            if len(set(marks)) > 1:
                differing.add((project, code))
            continue
        numbers = [number(code, mark) for mark in marks]
        width = Decimal(1) if code == "D101" else fulls[code]
        if (max(numbers) - min(numbers)) / width > Decimal("0.1"):
            differing.add((project, code))
        else:
            values[project, code] = sum(numbers) / 3
    assert {(one["project"], one["indicator"]) for one in done["differences"]} == differing
    measured = done["agreement"]
    assert measured["compared"] == len(by_item)
    assert measured["same"] == sum(len(set(map(str, marks))) == 1 for marks in by_item.values())
    assert measured["within"] == len(by_item) - len(differing)
    assert 0 < len(differing) < len(by_item)
    assert float(measured["kappa"]) == pytest.approx(recounted_kappa(by_item, fulls), abs=0.00006)

    ruled = rule_all(folder, "丁")
    column = own_column(folder, "会议纪要")
    after = call("adjudicate", "-w", folder)
    assert own_column(folder) == column, "a column of the third person's own stays"
    spoil(folder, "F5", "1.0%")
    assert "VERIFY-21" in {found["code"] for found in call("verify", "-w", folder, code=1)["findings"]}
    assert after["final"] == len(by_item)
    assert after["agreement"] == measured, "agreement is that before any ruling"
    assert all(one["by"] == "丁" and set(one["marks"]) == set(SCORERS) for one in after["differences"])
    lines = {
        (sheet["id"], line["code"]): line
        for sheet in call("score", "-w", folder)["projects"]
        if sheet["id"] != WITHOUT_FORM
        for line in sheet["indicators"]
    }
    for (project, code), deducted in values.items():
        if code in ("B202", "D201") and project != WITHOUT_FORM:
            assert float(earned(lines[project, code])) == pytest.approx(float(fulls[code] - deducted), abs=0.011)
    for project, code in ruled & {key for key in lines if key[1] in ("B202", "D201")}:
        assert float(earned(lines[project, code])) == pytest.approx(float(fulls[code]) - 0.5, abs=0.011)

    changed = fill(files[0], lambda *_: 0, tmp_path / "改" / "甲.xlsx")
    late = call("adjudicate", changed, "-w", folder, code=1)
    assert "SCORER-03" in [found["code"] for found in late["findings"]]
    assert call("adjudicate", files[0], "-w", folder)["agreement"] == measured

    rule_all(folder, "甲")
    refused = call("adjudicate", "-w", folder, code=1)
    assert "SCORER-08" in {found["code"] for found in refused["findings"]}, "the one who rules is no scorer"
    assert all(one["by"] == "丁" for one in refused["differences"]), "what was ruled before stands"


def earned(line: dict[str, str]) -> Decimal:
    """The score on the indicator's own mark: other indicators that do not apply have raised it."""
    return Decimal(line["score"]) / Decimal(line["mark"]) * Decimal(line["full_mark"])


def own_column(folder: Path, heading: str = "") -> dict[tuple[Any, ...], str]:
    """What stands in column J by item; with a heading the column is written first."""
    path = folder / "12-打分册" / "差异裁定.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["差异裁定"]
    rows = [row for row in sheet.iter_rows(min_row=4) if row[0].value is not None]
    if heading:
        sheet["J3"] = heading
        for row in rows:
            sheet.cell(row[0].row, 10, f"第{row[0].row}次会议")
        book.save(path)
    return {(row[0].value, row[1].value, row[3].value): sheet.cell(row[0].row, 10).value for row in rows}


def spoil(folder: Path, cell: str, text: str) -> None:
    path = folder / "12-打分册" / "差异裁定.xlsx"
    book = openpyxl.load_workbook(path)
    book["差异裁定"][cell] = text
    book.save(path)


def rule_all(folder: Path, by: str) -> set[tuple[str, str]]:
    path = folder / "12-打分册" / "差异裁定.xlsx"
    book = openpyxl.load_workbook(path)
    ruled = set()
    for row in (row for row in book["差异裁定"].iter_rows(min_row=4) if row[0].value is not None):
        code = str(row[1].value)
        row[6].value = {"D104": "较好", "D101": "90%"}.get(code, 0.5)
        row[7].value, row[8].value = "核对佐证后裁定", by
        ruled.add((str(row[0].value), code))
    book.save(path)
    return ruled


SPOILT: dict[str, tuple[Callable[[Any], None], str]] = {
    "another scorer's name": (lambda book: book["打分人"].__setitem__("A4", "乙"), "SCORER-02"),
    "a seal that is none": (lambda book: book["打分人"].__setitem__("C4", "0" * 24), "SCORER-01"),
    "a project not assigned": (lambda book: book["打分册"].__setitem__("A4", 99), "SCORER-04"),
    "a text mark": (lambda book: book["打分册"].__setitem__("H4", "还可以"), "SCORER-05"),
    "a mark beyond the full mark": (lambda book: book["打分册"].__setitem__("H4", 99), "SCORER-05"),
    "a negative mark": (lambda book: book["打分册"].__setitem__("H4", -1), "SCORER-05"),
    "no reason": (lambda book: book["打分册"].__setitem__("I4", None), "SCORER-10"),
    "a row taken out": (lambda book: book["打分册"].delete_rows(6), "SCORER-01"),
    "the owner's sheet gone": (lambda book: book.remove(book["打分人"]), "SCORER-01"),
}


@pytest.fixture(scope="module")
def three_projects(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Path]:
    """Another workspace, where nothing is locked, with one filled book."""
    folder = tmp_path_factory.mktemp("spoilt") / "南通"
    call("init", folder, "--sample", "nantong-2024")
    made = call("scorebooks", "--scorers", "甲、乙", "-w", folder)
    return folder, fill(Path(made["books"][0]["file"]), seeded("甲"), folder / "甲填.xlsx")


def test_a_spoilt_book_is_located_and_not_locked(three_projects: tuple[Path, Path], tmp_path: Path) -> None:
    folder, filled = three_projects
    paths = []
    for name, (spoil, _) in SPOILT.items():
        book = openpyxl.load_workbook(filled)
        spoil(book)
        paths.append(tmp_path / f"{name}.xlsx")
        book.save(paths[-1])
    (tmp_path / "no workbook.xlsx").write_bytes(b"%PDF")
    done = call("adjudicate", *paths, tmp_path / "no workbook.xlsx", "-w", folder, code=1)
    assert done["locked"] == []
    assert set(done["missing"]) == {"甲", "乙"}
    found = {(one["workbook"], one["code"]) for one in done["findings"] if one["severity"] == "error"}
    assert found >= {(f"{name}.xlsx", code) for name, (_, code) in SPOILT.items()} | {("no workbook.xlsx", "SCORER-01")}
    assert all(one["hint"] for one in done["findings"])
    told = {name: [code for workbook, code in found if workbook == f"{name}.xlsx"] for name in SPOILT}
    marks = {name: codes for name, codes in told.items() if "mark" in name}
    assert set(map(tuple, marks.values())) == {("SCORER-05",)}, "a row whose mark is wrong is not besides gone"


def test_of_two_different_books_of_a_scorer_none_is_taken(three_projects: tuple[Path, Path], tmp_path: Path) -> None:
    folder, filled = three_projects
    other = fill(folder / "12-打分册" / "打分册-甲.xlsx", seeded("别"), tmp_path / "甲另一份.xlsx")
    for order in ((filled, other), (other, filled)):
        done = call("adjudicate", *order, "-w", folder, code=1)
        assert done["locked"] == []
        told = [(one["workbook"], one["code"]) for one in done["findings"] if one["severity"] == "error"]
        assert sorted(told) == sorted((path.name, "SCORER-03") for path in order)
    refused = call("adjudicate", filled, tmp_path / "没有.xlsx", "-w", folder, code=3)
    assert "没有.xlsx" in refused["error"]
    assert call("adjudicate", "-w", folder)["missing"] == ["甲", "乙"], "nothing was taken before the missing file"


def test_an_empty_book_is_refused_and_not_locked(three_projects: tuple[Path, Path]) -> None:
    folder, _ = three_projects
    done = call("adjudicate", folder / "12-打分册", "-w", folder, code=1)
    assert (done["locked"], done["missing"]) == ([], ["甲", "乙"])
    told = [(one["workbook"], one["code"], one["severity"]) for one in done["findings"]]
    assert told == [(f"打分册-{name}.xlsx", "SCORER-06", "error") for name in ("乙", "甲")]
    assert all("空的" in one["message"] and one["hint"] for one in done["findings"])


def test_an_item_twice_and_another_owner_are_told_at_their_cell(
    three_projects: tuple[Path, Path], tmp_path: Path
) -> None:
    folder, filled = three_projects
    book = openpyxl.load_workbook(filled)
    for column in (1, 3, 7, 8):
        book["打分册"].cell(6, column).value = book["打分册"].cell(5, column).value
    book.save(tmp_path / "重复.xlsx")
    book = openpyxl.load_workbook(filled)
    book["打分人"]["A4"] = "路人"
    book.save(tmp_path / "路人.xlsx")
    done = call("adjudicate", tmp_path / "重复.xlsx", tmp_path / "路人.xlsx", "-w", folder, code=1)
    told = {(one["workbook"], one["code"], one["cell"]) for one in done["findings"]}
    assert told == {
        ("重复.xlsx", "SCORER-05", "A6"), ("重复.xlsx", "SCORER-01", ""), ("路人.xlsx", "SCORER-02", "A4"),
    }  # fmt: skip


def test_a_blank_is_never_zero(three_projects: tuple[Path, Path], tmp_path: Path) -> None:
    folder, _ = three_projects
    empty = folder / "12-打分册"
    left = fill(empty / "打分册-甲.xlsx", lambda _p, code, _f: "好" if code == "D104" else 0.1, tmp_path / "甲.xlsx")
    right = fill(
        empty / "打分册-乙.xlsx",
        lambda project, code, _f: None if (project, code) == ("1", "B202") else "好" if code == "D104" else 0.1,
        tmp_path / "乙.xlsx",
    )
    done = call("adjudicate", left, right, "-w", folder)
    assert [one["code"] for one in done["findings"]] == ["SCORER-06"]
    assert done["final"] == len(marks_of(left)) - 1
    assert done["agreement"]["compared"] == len(marks_of(left)) - 1
    (still,) = call("adjudicate", "-w", folder)["findings"]
    assert still["message"] == "乙有1项没有打分，这些项没有结果：1 B202 扣分"


@pytest.mark.parametrize(("reason", "taken"), [("资料不全，扣2分", True), ("查阅资料后独立打分", False)])
def test_what_is_earned_is_not_taken_for_what_is_taken_off(tmp_path: Path, reason: str, *, taken: bool) -> None:
    """The column is called 打分; of a judgement it asks what is taken off. 2.8 of 3 typed there would leave 0.2."""
    call("init", tmp_path / "评价", "--sample", "nantong-2024")
    made = call("scorebooks", "--scorers", "甲、丙", "-w", tmp_path / "评价")
    empty = {book["scorer"]: Path(book["file"]) for book in made["books"]}
    path = fill(empty["丙"], lambda _, code, full: float(full) - 0.2 if code == "B202" else None, tmp_path / "丙.xlsx")
    book = openpyxl.load_workbook(path)
    for row in (row for row in book["打分册"].iter_rows(min_row=4) if row[7].value is not None):
        assert "填扣几分" in row[5].value
        row[8].value = reason
    book.save(path)
    done = call("adjudicate", path, "-w", tmp_path / "评价", code=None)
    told = {found["code"] for found in done["findings"]}
    assert ("SCORER-11" in told) is not taken
    assert (done["locked"] == ["丙"]) is taken


def test_a_space_within_a_name_is_no_border_between_two() -> None:
    assert people_in("王 强、李专家；Li Lei") == ("王强", "李专家", "Li Lei")
    assert people_in("王　强") == ("王强",)


def test_of_a_project_that_returned_nothing_no_mark_is_asked_and_that_is_said_once(
    given_out: tuple[Path, dict[str, Path]], tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(given_out[0], tmp_path / "副本"))
    made = call("scorebooks", "--scorers", "丁、戊", "-w", folder)
    (told,) = [found for found in made["findings"] if found["code"] == "SCORER-12"]
    assert told["severity"] == "note"
    assert told["message"].count(f"{WITHOUT_FORM}“") == 1
    (book,) = [Path(book["file"]) for book in made["books"] if book["scorer"] == "丁"]
    named = {str(row[0].value): str(row[1].value) for row in marks_of(book)}
    assert [project for project, name in named.items() if "未报送，不用打分" in name] == [WITHOUT_FORM]

    def give(project: str, code: str, full: Any) -> Any:
        return None if project == WITHOUT_FORM else seeded("丁")(project, code, full)

    done = call("adjudicate", fill(book, give, tmp_path / "交" / "丁.xlsx"), "-w", folder, code=None)
    assert done["locked"] == ["丁"]
    assert "SCORER-06" not in [found["code"] for found in done["findings"]]
