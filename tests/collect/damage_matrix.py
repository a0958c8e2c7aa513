"""The damage matrix: what units and programs do to a workbook, each with exactly what must come of it.

``MATRIX`` is all of it, one row a damage: a function from a clean return's bytes to the damaged file's, and the outcome
expected. Of every row holds: no value other than the clean one or the one stated here may come out of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from tests.collect.damage import (
    NO_PROPERTIES,
    columns_inserted,
    data_dimension,
    own_sheet,
    packed,
    parts,
    rows_deleted,
    rows_hidden,
    rows_inserted,
    sheet_copied,
    sheet_deleted,
    sheet_hidden,
    sheet_renamed,
    sheets_reversed,
    with_part,
    without_addresses,
    without_identity,
    without_names,
)
from tests.collect.returned import clean, place, row
from toolkit.excel.cell_xml import FormulaChange
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import DifferenceKind, ErrorValue, ReadState, date_to_serial

FUNDS = "资金情况"
PAID_5 = "支付明细_支付金额_5"
SEAL = "jixiao_identity"
FINISHED = str(date_to_serial(date(2024, 8, 30)))

# what is typed into one cell: slot, content, value read, state, code of the note
TYPED = [
    ("预算资金", "300", "300", "VALUE", "READ-01"),
    ("预算资金", "３００．５", "300.5", "VALUE", "READ-01"),
    ("预算资金", "1,032.28", "1032.28", "VALUE", "READ-01"),
    ("预算资金", "300万元", "300", "VALUE", "READ-04"),
    ("预算资金", "3000000元", "300", "VALUE", "READ-05"),
    ("预算资金", Decimal(3000000), "3000000", "VALUE", "READ-45"),
    ("预算资金", Decimal(0), "0", "VALUE", None),
    ("预算资金", "约300", None, "REJECTED", "READ-21"),
    ("预算资金", "≥300", None, "REJECTED", "READ-22"),
    ("预算资金", "300-320", None, "REJECTED", "READ-23"),
    ("预算资金", "已支付50%", None, "REJECTED", "READ-24"),
    ("预算资金", "/", None, "NONE", "READ-11"),
    ("预算资金", "—", None, "NONE", "READ-11"),
    ("预算资金", "无", None, "NONE", "READ-11"),
    ("预算资金", "待定", None, "PENDING", "READ-13"),
    ("预算资金", "不适用", None, "NOT_APPLICABLE", "READ-12"),
    ("预算资金", None, None, "BLANK", None),
    ("预算资金", "  ", None, "BLANK", None),
    ("完成值_D101", "99.95%", "0.9995", "VALUE", "READ-06"),
    ("完成值_D101", Decimal(98), "0.98", "VALUE", "READ-07"),
    ("完成值_D101", "98", "0.98", "VALUE", "READ-07"),
    ("完成值_D101", Decimal(9800), None, "REJECTED", "READ-28"),
    ("完成值_C101", "20个", "20", "VALUE", "READ-04"),
    ("完成值_C101", "20余个", None, "REJECTED", "READ-21"),
    ("完成日期_C102", "2024.8.30", FINISHED, "VALUE", "READ-08"),
    ("完成日期_C102", "2024年8月30日", FINISHED, "VALUE", "READ-08"),
    ("完成日期_C102", Decimal(20240830), FINISHED, "VALUE", "READ-09"),
    ("完成日期_C102", "2024年11月31日", None, "REJECTED", "READ-25"),
    ("要点1_A101", "基本符合", None, "REJECTED", "READ-26"),
    ("预算资金", FormulaChange("=100+200", None), "300", "VALUE", "READ-14"),
    ("预算资金", FormulaChange("=实际到位资金+10", None), None, "NOT_CALCULATED", "READ-31"),
    ("预算资金", FormulaChange("=[1]表1!$A$1", Decimal(300)), "300", "VALUE", "READ-17"),
    ("预算资金", "￥300.50", "300.5", "VALUE", "READ-01"),
    ("预算资金", "(300)", None, "REJECTED", "READ-24"),
    ("预算资金", "叁佰万元整", "300", "VALUE", "READ-56"),
    ("预算资金", "300美元", None, "REJECTED", "READ-32"),
    ("预算资金", "300万元（含税）", None, "REJECTED", "READ-24"),
    ("预算资金", ErrorValue.DIV0, None, "ERROR", "READ-30"),
    ("预算资金", True, None, "REJECTED", "READ-24"),
    ("完成值_D101", "9８.5％", "0.985", "VALUE", "READ-06"),
    ("完成值_D101", "达标", None, "REJECTED", "READ-24"),
    ("完成值_C101", Decimal(0), "0", "VALUE", None),
    ("完成值_C101", "二十", None, "REJECTED", "READ-24"),
    ("完成日期_C102", "2024/8/30", FINISHED, "VALUE", "READ-08"),
    ("完成日期_C102", "８月底", None, "REJECTED", "READ-27"),
]

# what is done to the structure: every value must come out as before, with these notes and nothing else
HEALED = [
    ("a row inserted above the funds", lambda data: rows_inserted(data, FUNDS, row("实际到位资金")), {"READ-41"}),
    ("three rows inserted at the top", lambda data: rows_inserted(data, FUNDS, 1, 3), {"READ-41"}),
    ("a column inserted", lambda data: columns_inserted(data, "指标信息", 4), {"READ-41"}),
    ("an unused table row deleted", lambda data: rows_deleted(data, FUNDS, row(PAID_5)), set()),
    ("a sheet renamed", lambda data: sheet_renamed(data, FUNDS, "资金"), {"READ-41"}),
    ("sheets in another order", sheets_reversed, set()),
    ("all names removed", lambda data: without_names(data, SEAL), set()),
    ("a sheet hidden", lambda data: sheet_hidden(data, FUNDS), {"READ-46"}),
    (
        "names removed and a row inserted",
        lambda data: rows_inserted(without_names(data, SEAL), FUNDS, 5),
        {"READ-41"},
    ),
    (
        "names removed, a column inserted",
        lambda d: columns_inserted(without_names(d, SEAL), "指标信息", 4),
        {"READ-41"},
    ),
    ("names removed, a sheet renamed", lambda d: sheet_renamed(without_names(d, SEAL), FUNDS, "资金"), {"READ-41"}),
    ("a sheet copied", lambda data: sheet_copied(data, FUNDS, "资金情况 (2)"), {"READ-48"}),
    ("identity removed", without_identity, {"IDENT-02"}),
    ("rows hidden", lambda data: rows_hidden(data, FUNDS), {"READ-46"}),
    ("a sheet of the unit's own", own_sheet, {"READ-49"}),
    ("a macro inside", lambda data: with_part(data, "xl/vbaProject.bin", b"x"), {"READ-47"}),
    (
        "a link to another file",
        lambda data: with_part(data, "xl/externalLinks/link1.xml", b"<a/>"),
        {"READ-47"},
    ),
    ("an embedded object", lambda data: with_part(data, "xl/embeddings/oleObject1.bin", b"x"), {"READ-47"}),
    ("a picture of the seal", lambda data: with_part(data, "xl/media/image1.png", b"\x89PNG"), set()),
    ("a false dimension", lambda data: data_dimension(data, FUNDS, "A1"), set()),
    ("addresses left out of cells", lambda data: without_addresses(data, FUNDS), set()),
    ("the property of the seal gone", lambda data: with_part(data, "docProps/custom.xml", NO_PROPERTIES), set()),
    ("names of one sheet gone", lambda data: without_names(data, keep="(?!完成值|自评分).*"), set()),
    (
        "five rows inserted at the top of two sheets",
        lambda data: rows_inserted(rows_inserted(data, FUNDS, 1, 5), "指标信息", 1, 5),
        {"READ-41"},
    ),
    (
        "renamed, reordered and shifted",
        lambda data: sheet_renamed(sheets_reversed(rows_inserted(data, FUNDS, 1)), FUNDS, "3"),
        {"READ-41"},
    ),
]

# what is done to cells that are not the unit's: the key, the content, what it is called
CHANGED = [
    ("资金到位率", Decimal("0.95"), DifferenceKind.FORMULA_TO_CONSTANT),
    ("资金到位率", FormulaChange("=0.95", Decimal("0.95")), DifferenceKind.FORMULA_TO_CONSTANT),
    ("预算执行率", FormulaChange("=ROUND(实际支出资金/预算资金,4)", None), DifferenceKind.FORMULA_CHANGED),
    ("资金到位率", FormulaChange("=#REF!/预算资金", None), DifferenceKind.FORMULA_CHANGED),
    ("资金到位率", None, DifferenceKind.REMOVED),
    ("合同金额", Decimal(300), DifferenceKind.PREFILLED_CHANGED),
    ("合同金额", None, DifferenceKind.REMOVED),
]

# what is no workbook, or not one to be touched: the bytes, a word of the reason
REFUSED = [
    (b"", "空的"),
    (b"%PDF-1.7", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
    ("项目,金额\n一,2".encode("gbk"), "CSV"),
    (clean()[: len(clean()) // 2], "损坏"),
    (packed({"a.txt": b"1"}), "压缩包"),
    (packed({**parts(clean()), "xl/evil.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "实体声明"),
    (b"\x00" * 4096, "空的"),
    (b"\xff\xd8\xff\xe0 JFIF", "图片"),
    (b"Rar!\x1a\x07\x00", "压缩包"),
    (packed({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "文字文档"),
    (packed({"ppt/presentation.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "演示文稿"),
    (packed({"OFD.xml": b"<x/>"}), "OFD"),
    (clean()[:-30], "损坏"),
    (clean()[:400] + b"\0" * 300 + clean()[700:], "损坏"),
    (with_part(clean(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData>"), "损坏"),
    (with_part(clean(), "xl/worksheets/sheet9.xml", b" " * 160_000_000), "过大"),
    (without_identity(sheet_deleted(clean(), "封面与填报说明")), "认定"),
]


class Expected(StrEnum):
    """The three things that can become of a damage, and the fourth: a change to what is ours, told as it is."""

    READ = "read, with a note where something was done"
    SENT_BACK = "sent back: no value"
    REFUSED = "refused with a reason"
    TOLD = "read, and the change told"


@dataclass(frozen=True)
class Damage:
    """One row of the matrix: ``key`` and ``value`` are of the one slot that may differ from the clean one."""

    name: str
    apply: Callable[[bytes], bytes]
    outcome: Expected
    key: str = ""
    value: Decimal | None = None
    state: ReadState = ReadState.VALUE
    codes: frozenset[str] = field(default_factory=frozenset)
    word: str = ""


def _typed(key: str, content, value: str | None, state: str, code: str | None) -> Damage:
    back = state in ("REJECTED", "ERROR", "NOT_CALCULATED")
    return Damage(
        f"{key}: {content!r}",
        lambda data: patch_cells(data, {place(key): content}),
        Expected.SENT_BACK if back else Expected.READ,
        key,
        None if value is None else Decimal(value),
        ReadState[state],
        frozenset([code] if code else []),
    )


MATRIX = [
    *(_typed(*one) for one in TYPED),
    *(Damage(name, apply, Expected.READ, codes=frozenset(codes)) for name, apply, codes in HEALED),
    *(
        Damage(
            f"{key}: {kind} {number}",
            lambda data, key=key, to=to: patch_cells(data, {place(key): to}),
            Expected.TOLD,
            key,
        )
        for number, (key, to, kind) in enumerate(CHANGED, start=1)
    ),
    *(
        Damage(f"refused {number}: {word}", lambda _, damaged=damaged: damaged, Expected.REFUSED, word=word)
        for number, (damaged, word) in enumerate(REFUSED, start=1)
    ),
]
