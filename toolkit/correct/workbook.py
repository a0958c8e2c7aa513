"""The correction workbook: the clean stamped workbook with the unit's own values, all else locked."""

from collections.abc import Iterator
from datetime import date

from toolkit.correct.plan import Correction
from toolkit.excel.cell_xml import CellChange
from toolkit.excel.correction_book import ListRow, ListSheet, MarkedCell, correction_book
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import Layout, ReadState, Scheme, SlotRole, Submission, Value
from toolkit.model.identity import CORRECTION_SHEET, mark_of
from toolkit.text import chinese_date

_LONGEST_PROMPT = 240
_MORE = "……（其余见退回整改单）"


def correction_workbook(
    stamped: bytes, layout: Layout, scheme: Scheme, submission: Submission, correction: Correction, deadline: date
) -> bytes:
    """The workbook that goes back, made from the project's clean workbook as generated, whose layout this is."""
    filled = patch_cells(stamped, dict(_values(layout, submission)))
    marked = [
        MarkedCell(layout.slots[key].sheet, layout.slots[key].cell, _prompt(words))
        for key, words in correction.asked.items()
    ]
    locked = [
        (slot.sheet, slot.cell)
        for slot in layout.slots.values()
        if slot.role is not SlotRole.CALCULATED and slot.key not in correction.touched | correction.asked.keys()
    ]
    return correction_book(filled, _list_sheet(scheme, correction, deadline), marked, locked)


def _prompt(words: str) -> str:
    """What is shown when the cell is selected; Excel shows no more than 255 characters."""
    return words if len(words) <= _LONGEST_PROMPT else f"{words[: _LONGEST_PROMPT - len(_MORE)]}{_MORE}"


def _values(layout: Layout, submission: Submission) -> Iterator[tuple[tuple[str, str], CellChange]]:
    """What the unit typed: as read where it could be read, else its own text."""
    for key, slot in layout.slots.items():
        reading = submission.readings.get(key)
        if reading is None or slot.role is SlotRole.CALCULATED or reading.state is ReadState.BLANK:
            continue
        value: Value = reading.value if reading.state is ReadState.VALUE else reading.original
        yield (slot.sheet, slot.cell), value


def _list_sheet(scheme: Scheme, correction: Correction, deadline: date) -> ListSheet:
    project = correction.project
    facts = (
        ("项目", f"{project.id}　{project.name}"),
        ("责任单位", project.unit),
        ("轮次", f"第{correction.round}轮"),
        ("整改期限", chinese_date(deadline)),
    )
    guide = (
        "请更正标为橙色的单元格，点“位置”可直接跳到该处；保留浅色底纹的单元格与之相关，需要时一并更正；"
        "白色单元格为贵单位已报内容，已锁定。经核实无须更正的，请在“单位说明”栏写明理由并附依据。"
        "改后存盘，在整改期限前按原渠道报送（封面所印报送截止日为首次报送的期限）。"
    )
    rows = tuple(
        ListRow(f"{row.sheet}!{row.cell}" if row.cell else row.label, (row.sheet, row.cell), row.label, row.problem,
                row.found, row.expected, row.source, row.explanation, mark_of(row.codes, row.key))
        for row in correction.rows
    )  # fmt: skip
    contact = "　".join(
        f"{name}：{scheme.settings[key]}"
        for name, key in (("联系人", "联系人"), ("电话", "联系电话"))
        if scheme.settings.get(key)
    )
    return ListSheet(CORRECTION_SHEET, f"{scheme.title}退回整改单", facts, guide, rows, contact)
