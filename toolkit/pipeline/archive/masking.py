"""The archive's contents without personal data, and the list of what was masked and what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from toolkit.archive import Content, PaperClass
from toolkit.archive.masking import Masks, holds, masked
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook

_SECRET = frozenset({"台账.sqlite3", ".jixiao/评价标识.json"})
_LIST = "脱敏清单.xlsx"
_MARKS = (
    Column("替换为", 22),
    Column("字段", 20),
    Column("项目序号", 10),
    Column("原文字数", 10, numeric=True),
    Column("替换次数", 10, numeric=True),
)
_LEFT = (Column("位置", 70), Column("原因", 60))


@dataclass(slots=True)
class Masking:
    """What was masked, and which members were left out and why."""

    masks: Masks
    left_out: list[tuple[str, str]] = field(default_factory=list)


def masked_contents(contents: list[Content], masking: Masking) -> Iterator[Content]:
    """Every content that can be masked for certain, and the list."""
    for content in contents:
        data, why = _one(content, masking.masks)
        if data is None:
            masking.left_out.append((masking.masks.apply(content.name), why))
            continue
        yield replace(
            content,
            name=masking.masks.apply(content.name),
            title=masking.masks.apply(content.title),
            origin=masking.masks.apply(content.origin),
            read=partial(bytes, data),
        )
    book = _list(masking)
    yield Content(_LIST, lambda: book, PaperClass.EVIDENCE, "脱敏清单：替换了什么、哪些没有收入")


def _one(content: Content, masks: Masks) -> tuple[bytes | None, str]:
    if content.name in _SECRET:
        return None, "含本次评价的密钥或事件链，脱敏后无法核对；台账见 台账.xlsx"
    original = content.read()
    data = masked(content.name, original, masks)
    if data is None:
        return None, "不是工作簿、文档或文本（扫描件、旧格式、邮件等），无法保证其中没有个人信息"
    if holds(masks.apply(content.name), data, masks):
        return None, "替换以后仍能检出个人信息"
    return data, ""


def _list(masking: Masking) -> bytes:
    rows = [
        (mask.mark, mask.field, mask.project, str(len(mask.text)), str(masking.masks.counts[mask.text]))
        for mask in sorted(masking.masks.masks, key=lambda mask: mask.mark)
    ]
    hint = f"共{len(rows)}项，同一内容在各处替换为同一代号；原文不在本包内。"
    return table_workbook(
        (
            TableSheet("已脱敏", "脱敏清单", _MARKS, rows, hint),
            TableSheet("未收入", "没有收入的文件", _LEFT, masking.left_out, f"共{len(masking.left_out)}件。"),
        )
    )
