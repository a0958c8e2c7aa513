"""意见回复表.xlsx: what a unit fills in, with everything locked but its own three columns."""

import hashlib
import hmac
from collections.abc import Sequence

from toolkit.consultation.opinion import AskedLine, Wish
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook

REPLY, OWNER = "意见回复表", "标识"
HEADINGS = ("项目序号", "项目名称", "指标", "指标名称", "分值", "原得分", "意见", "理由", "依据")
_WIDTHS = (10, 30, 11, 26, 8, 10, 19, 52, 34)
OWNER_HEADINGS = ("单位", "评价标识", "校验码")
TYPED = frozenset(("意见", "理由", "依据"))
_NOTES = {
    "意见": "从列表中选择；没有意见的可以空着。",
    "理由": "有意见的必须写明理由。",
    "依据": "文件名称、文号、页码；材料随回复表一并报送。",
}
_HINT = (
    "只填“意见”“理由”“依据”三列，“意见”从列表中选，要说的话写在“理由”；"
    "没有意见的行空着；对核查发现和文字的意见写在各项目最后的“其他”一行。"
)


def seal_of(key: bytes, evaluation: str, unit: str, lines: Sequence[AskedLine]) -> str:
    """What a reply workbook is recognised by: whose it is, and what stood in it."""
    rows = (f"{line.project},{line.indicator},{line.before}" for line in lines)
    return hmac.new(key, "|".join((evaluation, unit, *rows)).encode(), hashlib.sha256).hexdigest()[:24]


def reply_workbook(title: str, unit: str, lines: Sequence[AskedLine], evaluation: str, seal: str) -> bytes:
    """The workbook of one unit; the same input gives the same bytes."""
    columns = tuple(
        Column(
            heading, width, choices=tuple(Wish) if heading == "意见" else (), note=_NOTES.get(heading, ""),
            numeric=heading in ("项目序号", "分值", "原得分"), required=heading in TYPED,
        )
        for heading, width in zip(HEADINGS, _WIDTHS, strict=True)
    )  # fmt: skip
    rows = [
        (line.project, line.name, line.indicator, line.indicator_name, line.full_mark, line.before, "", "", "")
        for line in lines
    ]
    owner = tuple(Column(heading, width) for heading, width in zip(OWNER_HEADINGS, (34, 34, 34), strict=True))
    return table_workbook(
        [
            TableSheet(REPLY, f"{title}　意见回复表：{unit}", columns, rows, _HINT, typed=TYPED),
            TableSheet(OWNER, "标识", owner, [(unit, evaluation, seal)], "由程序填写，不要改动。", typed=frozenset()),
        ]
    )
