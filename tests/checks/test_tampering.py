"""Every cell that is no input, tampered with in twenty ways: all found. Saved again by openpyxl: no alarm.

``JIXIAO_FULL=1`` runs all of it: 50 workbooks × 20 operators and 200 files saved again, half of them by LibreOffice.
"""

import os
import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.collect.returned import clean, read, template
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.checks import Case, check_submission
from toolkit.excel.cell_xml import CellChange, FormulaChange
from toolkit.excel.libreoffice import recalculate
from toolkit.excel.sheet_patch import patch_cells
from toolkit.formula import parse
from toolkit.model import Layout, SlotRole

FULL = bool(os.environ.get("JIXIAO_FULL"))
Place = tuple[str, str]
Operator = Callable[[str], CellChange]
FORMULAS: Mapping[str, Operator] = {
    "数值覆盖": lambda _: Decimal("0.9876"),
    "零覆盖": lambda _: Decimal(0),
    "文字覆盖": lambda _: "100%",
    "删除": lambda _: None,
    "加一": lambda text: FormulaChange(f"{text}+1"),
    "乘一百": lambda text: FormulaChange(f"({text.lstrip('=')})*100"),
    "取整": lambda text: FormulaChange(f"ROUND({text.lstrip('=')},0)+0.001"),
    "常数公式": lambda _: FormulaChange("=1"),
    "换成错误": lambda _: FormulaChange("=NA()"),
    "改条件": lambda text: FormulaChange(f"IF(1=1,0.5,{text.lstrip('=')})"),
}
TEXTS: Mapping[str, Operator] = {
    "改一字": lambda text: f"{text[:-1]}另",
    "删除": lambda _: None,
    "清成数值": lambda _: Decimal(8),
    "前加字": lambda text: f"不{text}",
    "截断": lambda text: text[: len(text) // 2] or "另",
    "换成公式": lambda _: FormulaChange('="改后"'),
    "改数字": lambda text: f"{text}9",
    "重复": lambda text: text * 2,
    "倒置": lambda text: text[::-1] + "。",
    "换词": lambda _: "已按要求调整",
}


def _targets(layout: Layout, want_formula: bool) -> list[tuple[Place, str]]:
    slots = [
        ((one.sheet, one.cell), one.formula)
        for one in layout.slots.values()
        if one.role is SlotRole.CALCULATED and one.formula
    ]
    if want_formula:
        return [(place, text) for place, text in slots if not parse(text).cells]
    hidden = layout.sheets[-1]
    return [
        (place, text)
        for place, text in layout.fixed.items()
        if text and not text.startswith("=") and place[0] != hidden and len(text) > 1
    ]


def _codes(data: bytes, project: int) -> set[str]:
    submission = read(data).submission
    assert submission is not None
    found = check_submission(Case(SMALL_SCHEME, PROJECTS[project], submission, template().layout)).findings
    return {one.code for one in found if one.code.startswith(("FORM-", "RATE-"))}


@pytest.mark.parametrize("name", [*(f"公式：{one}" for one in FORMULAS), *(f"文字：{one}" for one in TEXTS)])
def test_no_tampering_goes_unseen(name: str) -> None:
    is_formula, operator = name.startswith("公式"), name.partition("：")[2]
    change = (FORMULAS if is_formula else TEXTS)[operator]
    targets = _targets(template().layout, is_formula)
    lot = random.Random(name)  # noqa: S311
    for number in range(50 if FULL else 3):
        project = number % len(PROJECTS)
        place, text = lot.choice(targets)
        damaged = patch_cells(clean(project), {place: change(text)})
        assert _codes(damaged, project) - {"RATE-05"}, (name, place, text)


@pytest.mark.parametrize("project", range(len(PROJECTS)))
def test_saved_again_by_openpyxl(project: int) -> None:
    for _ in range(34 if FULL else 1):
        book = load_workbook(BytesIO(clean(project)))
        target = BytesIO()
        book.save(target)
        assert _codes(target.getvalue(), project) <= {"RATE-05"}


@pytest.mark.libreoffice
def test_saved_again_by_libreoffice(tmp_path: Path) -> None:
    paths = []
    for number in range(100 if FULL else 3):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(clean(number % len(PROJECTS)))
        paths.append(path)
    made = recalculate(paths, tmp_path / "saved")
    assert len(made) == len(paths)
    for number, path in enumerate(paths):
        assert _codes(made[path].read_bytes(), number % len(PROJECTS)) == set()


def test_a_unit_may_name_other_evidence_of_the_list() -> None:
    """The sheet asks for it; what is not in the list is still asked about, in the words of the sheet."""
    indicator = next(one for one in SMALL_SCHEME.indicators if one.evidence)
    slot = template().layout.slots[indicator.name_for("佐证")]
    listed = "、".join(item.code for item in SMALL_SCHEME.evidence)
    for typed, hints in ((listed, []), ("附件1", ["填写《佐证材料清单》中的编号，多个用顿号隔开"])):
        outcome = read(patch_cells(clean(), {(slot.sheet, slot.cell): typed}))
        case = Case(SMALL_SCHEME, PROJECTS[0], outcome.submission, template().layout)
        assert [one.hint for one in check_submission(case).findings if one.code == "FORM-06"] == hints
