"""An evaluation of one's own, made only with openpyxl and the commands: what a new user of version 0.1.0 tried.

Nothing of ``toolkit`` is imported but the command's entry point, so the same tests run on another version's tree:
``JIXIAO_TREE=<its folder> python -m pytest tests/trial``.
"""

import io
import json
import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Rows = Sequence[Sequence[object]]

SETTINGS = {
    "评价名称": "临江市2025年度信息化项目绩效评价",
    "方案版本": "1.0",
    "评价年度": "2025",
    "委托单位": "临江市数据局",
    "评价机构": "江北咨询有限公司",
    "评价期间起": "2025-01-01",
    "评价期间止": "2025-12-31",
    "数据截止日": "2025-12-31",
    "发函日期": "2026-01-05",
    "报送截止日": "2099-01-31",
    "联系人": "李工",
    "联系电话": "0577-11112222",
    "联系邮箱": "li@example.invalid",
    "总分": "100",
    "明细行数": "支付明细=4",
    "产出效益最低占比": "0%",
    "绩效等级": "优≥90；良≥80；中≥60；差≥0",
}
DONE = '=IF(N(计划产出数)=0,"",实际产出数/计划产出数)'
INDICATORS: Rows = (
    (
        "编号",
        "一级指标",
        "二级指标",
        "三级指标",
        "分值",
        "评分规则",
        "规则参数",
        "评价要点",
        "目标值",
        "佐证",
        "适用条件",
    ),
    ("A101", "决策", "立项", "立项规范性", 10, "要点计分", None, "有批复（5分）\n有论证（5分）", "规范", "E01", None),
    ("A102", "决策", "目标", "目标合理性", 10, "酌情评分", None, None, "合理", "E01", None),
    ("B101", "过程", "资金", "预算执行率", 20, "比率计分", "完成值=预算执行率", None, "100%", "E02", None),
    ("B102", "过程", "资金", "到位达标", 10, "达标计分", "目标=100%；完成值=资金到位率", None, "100%", "E02", None),
    ("C101", "产出", "数量", "任务完成率", 20, "目标比率", f"目标=100%；完成值={DONE[1:]}", None, "100%", "E02", None),
    ("C102", "产出", "时效", "终验时限", 10, "时限计分", "止=2025-12-31；延期扣=5", None, "年内", "E02", None),
    ("D101", "效益", "满意度", "使用人员满意度", 20, "比率计分", None, None, "100%", "E02", None),
)
IN_PLACE = '=IF(N(预算资金)=0,"",ROUND(实际到位资金/预算资金,4))'
SPENT = '=IF(N(实际到位资金)=0,"",ROUND(实际支出资金/实际到位资金,4))'
FIELDS: Rows = (
    ("字段名", "显示名称", "所在表", "类型", "单位", "必填", "公式", "选项", "预填", "明细表"),
    ("项目名称", None, "项目基本信息", "文本", None, "是", None, None, "项目名称", None),
    ("责任单位", None, "项目基本信息", "文本", None, "是", None, None, "责任单位", None),
    ("建设内容", None, "项目基本信息", "文本", None, "是", None, None, None, None),
    ("计划产出数", "计划任务数", "项目基本信息", "数量", "项", "否", None, None, None, None),
    ("实际产出数", "完成任务数", "项目基本信息", "数量", "项", "否", None, None, None, None),
    ("合同金额", None, "立项与采购合同", "金额", None, "是", None, None, "合同金额", None),
    ("审计核减后合同金额", None, "立项与采购合同", "金额", None, "否", None, None, None, None),
    ("预算资金", None, "资金情况", "金额", None, "是", None, None, None, None),
    ("实际到位资金", None, "资金情况", "金额", None, "是", None, None, None, None),
    ("实际支出资金", None, "资金情况", "金额", None, "是", None, None, None, None),
    ("累计支付金额", None, "资金情况", "金额", None, "是", None, None, None, None),
    ("资金到位率", None, "资金情况", "比率", None, "否", IN_PLACE, None, None, None),
    ("预算执行率", None, "资金情况", "比率", None, "否", SPENT, None, None, None),
    ("支付日期", None, "资金情况", "日期", None, "否", None, None, None, "支付明细"),
    ("收款单位", None, "资金情况", "文本", None, "否", None, None, None, "支付明细"),
    ("支付金额", None, "资金情况", "金额", None, "否", None, None, None, "支付明细"),
)
CROSS_CHECKS: Rows = (
    ("编号", "公式", "严重程度", "提示语", "处理办法"),
    ("J01", "=SUM(支付金额)=累计支付金额", "须更正", "支付明细合计应等于累计支付金额", "核对支付明细"),
    ("J04", "=实际支出资金<=实际到位资金", "须更正", "实际支出资金大于实际到位资金", "核对两项资金"),
)
EVIDENCE: Rows = (("编号", "材料名称", "必须"), ("E01", "立项批复", "是"), ("E02", "支付凭证", "否"))

Sheets = dict[str, Rows]


def scheme(**changed: Rows | Mapping[str, object]) -> Sheets:
    """The sheets of 方案.xlsx; ``方案={…}`` changes settings, another name replaces a whole sheet."""
    settings = {**SETTINGS, **dict(changed.pop("方案", {}))}  # type: ignore[arg-type]
    sheets: Sheets = {"方案": (("项目", "内容"), *settings.items())}
    sheets |= {"指标": INDICATORS, "字段": FIELDS, "勾稽": CROSS_CHECKS, "佐证": EVIDENCE}
    return sheets | changed  # type: ignore[operator]


def indicators(**replaced: Mapping[str, object]) -> Rows:
    """《指标》 with some cells of some indicators written otherwise: ``C102={"规则参数": …}``."""
    heading, *rows = INDICATORS
    return (
        heading,
        *(tuple({**dict(zip(heading, row, strict=True)), **replaced.get(str(row[0]), {})}.values()) for row in rows),
    )


def roster(count: int) -> Sheets:
    """项目清单 of so many projects, two to a unit."""
    rows = ((number, 2024, f"市{(number + 1) // 2}局", f"第{number}号系统", 300) for number in range(1, count + 1))
    return {"项目清单": (("序号", "立项年度", "责任单位", "项目名称", "合同金额（万元）"), *rows)}


def write(path: Path, sheets: Sheets) -> Path:
    """Write rows as a workbook, as a person would with any program."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    printed: str
    told: str

    @property
    def json(self) -> Any:
        return json.loads(self.printed)


def jixiao(*words: object) -> Said:
    """Carry out a command: in this process, or by the tree that ``JIXIAO_TREE`` names."""
    other = os.environ.get("JIXIAO_TREE")
    if other:
        return _carried_out_by(other, words)
    from toolkit.cli.app import main

    printed, told = io.StringIO(), io.StringIO()
    with patch.object(sys, "argv", ["jixiao", *map(str, words)]), redirect_stdout(printed), redirect_stderr(told):
        try:
            main()
            code = 0
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
    return Said(code, printed.getvalue(), told.getvalue())


def _carried_out_by(tree: str, words: Sequence[object]) -> Said:
    """What another version's command says; one that does not end has the code 124."""
    argv = [sys.executable, "-m", "toolkit", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": tree, "PYTHONUTF8": "1"}
    running = subprocess.Popen(
        argv, stdout=-1, stderr=-1, cwd=tree, env=environment, encoding="utf-8", start_new_session=True
    )
    try:
        printed, told = running.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        return Said(124, "", "does not end")
    return Said(running.returncode, printed, told)


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: a formula with the number a program stored beside it, or a raw stored number."""

    stored: str
    formula: str | None = None


@dataclass(frozen=True)
class Raw:
    """What a cell's element holds, as it stands in the file."""

    inside: str
    type: str = ""


Typed = Mapping[str, object]
"""Defined name of a cell (支付金额_2: row 2 of a table) → what is typed there."""

ANSWERS: Typed = {
    "建设内容": "建设业务系统一套，接入二十个部门。",
    "计划产出数": 20,
    "实际产出数": 20,
    "预算资金": 300,
    "实际到位资金": 300,
    "实际支出资金": 270,
    "累计支付金额": 270,
    "资金到位率": Cell("1"),
    "预算执行率": Cell("0.9"),
    "支付日期_1": 45809,
    "收款单位_1": "江北软件有限公司",
    "支付金额_1": 270,
    "要点1_A101": "符合",
    "要点2_A101": "符合",
    "完成值_B101": Cell("0.9"),
    "完成值_B102": Cell("1"),
    "完成值_C101": Cell("1"),
    "完成日期_C102": 45992,
    "完成值_D101": 0.95,
}


def filled(workbook: bytes, typed: Typed) -> bytes:
    """A collection workbook with values typed into named cells, every other byte as it was."""
    places = _places(workbook)
    wanted: dict[str, dict[str, object]] = {}
    for name, value in typed.items():
        sheet, cell = places(name)
        wanted.setdefault(sheet, {})[cell] = value
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(
                part.filename, _typed(content, wanted[part.filename]) if part.filename in wanted else content
            )
    return result.getvalue()


def _places(workbook: bytes) -> Callable[[str], tuple[str, str]]:
    """Where a name's cell is: the part of its sheet and its address."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        book = etree.fromstring(package.read("xl/workbook.xml"))
        relations = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): each.get("Target").lstrip("/").removeprefix("xl/") for each in relations}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    parts = {sheet.get("name"): f"xl/{targets[sheet.get(key)]}" for sheet in book.iter(f"{MAIN}sheet")}
    names = {name.get("name"): name.text for name in book.iter(f"{MAIN}definedName")}

    def part_and_cell(name: str) -> tuple[str, str]:
        area, row = (name, 1) if name in names else (name.rpartition("_")[0], int(name.rpartition("_")[2]))
        found = re.fullmatch(r"'?(.+?)'?!\$([A-Z]+)\$(\d+)(?::.*)?", names[area])
        assert found is not None
        return parts[found[1]], f"{found[2]}{int(found[3]) + row - 1}"

    return part_and_cell


def place(workbook: bytes, name: str) -> tuple[str, str]:
    """Sheet and address of a named cell."""
    sheet, cell = next(openpyxl.load_workbook(io.BytesIO(workbook)).defined_names[name].destinations)
    return sheet, cell.replace("$", "")


def _typed(sheet: bytes, values: Mapping[str, object]) -> bytes:
    tree = etree.fromstring(sheet)
    cells = {cell.get("r"): cell for cell in tree.iter(f"{MAIN}c")}
    for address, value in values.items():
        _put(cells[address], value)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _put(cell: Any, value: object) -> None:
    """Set a cell's content; a ``Cell`` without a formula keeps the one that is there."""
    formula = cell.find(f"{MAIN}f")
    keep = isinstance(value, Cell) and value.formula is None and formula is not None
    cell.attrib.pop("t", None)
    for child in list(cell):
        if not (keep and child is formula):
            cell.remove(child)
    if value is None:
        return
    if isinstance(value, Raw):
        _put_raw(cell, value)
        return
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t").text = value
        return
    if isinstance(value, Cell) and value.formula is not None:
        etree.SubElement(cell, f"{MAIN}f").text = value.formula
    etree.SubElement(cell, f"{MAIN}v").text = value.stored if isinstance(value, Cell) else repr(value)


def _put_raw(cell: Any, value: Raw) -> None:
    if value.type:
        cell.set("t", value.type)
    cell.extend(etree.fromstring(f'<c xmlns="{MAIN[1:-1]}">{value.inside}</c>'))


@dataclass(frozen=True)
class Evaluation:
    """A workspace with its workbooks."""

    folder: Path

    def workbook(self, number: int) -> bytes:
        """A project's collection workbook as it was sent out."""
        (path,) = self.folder.glob(f"01-采集表/{number:03}_*.xlsx")
        return path.read_bytes()

    def returned(self, number: int, content: bytes | Typed | None = None, suffix: str = ".xlsx") -> Path:
        """Put a project's return into the inbox: bytes as they are, or answers typed over the usual ones."""
        made = content if isinstance(content, bytes) else filled(self.workbook(number), {**ANSWERS, **(content or {})})
        inbox = next((path for path in self.folder.glob("*收件*") if path.is_dir()), self.folder / "03-收件箱")
        inbox.mkdir(exist_ok=True)
        path = inbox / f"{number}号返回{suffix}"
        path.write_bytes(made)
        return path

    def do(self, *words: object) -> Said:
        """Carry out a command in this workspace."""
        return jixiao(*words, "-w", self.folder)


def started(folder: Path, sheets: Sheets, count: int = 2, roster_sheets: Sheets | None = None) -> Evaluation:
    """A new evaluation with its workbooks generated."""
    scheme_file = write(folder / "方案.xlsx", sheets)
    roster_file = write(folder / "项目清单.xlsx", roster_sheets or roster(count))
    said = jixiao("init", folder / "ws", "--scheme", scheme_file, "--roster", roster_file)
    assert said.code == 0, said.told
    made = Evaluation(folder / "ws")
    assert (generated := made.do("generate")).code == 0, generated.told
    return made
