"""Sheet 方案: rows 项目 | 内容 to typed settings; unknown rows are kept as text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from toolkit.excel.table import Table, TableRow
from toolkit.model import (
    CellRef,
    Finding,
    Form,
    GradeBand,
    NoData,
    NotApplicable,
    ScoredObject,
    Sentence,
    Severity,
    Stated,
)
from toolkit.scheme.findings import about_cell, did_you_mean, say
from toolkit.scheme.grades import NONE, USUAL, read_grades
from toolkit.scheme.plain_number import read_mark
from toolkit.scheme.text_settings import KNOWN_TEXTS, one_of, wrong_texts
from toolkit.text.days import read_day
from toolkit.text.folding import compared, fold

_ROWS_OF = re.compile(r"(.+?)\s*[=:]\s*(\d{1,4})")
_NO = {"否", "不取整", ""}
TO_FILL_IN = "（请填写）"
"""What the starter says where only the consultant knows."""
DUE = "报送截止日"
_IN_ORDER = (
    ("评价期间起", "评价期间止"),
    ("发函日期", DUE, "整改截止日", "报告日期"),
    ("数据截止日", DUE),
)
"""Settings whose days follow one another."""
_CONTACTS = ("联系人", "联系电话", "联系邮箱")


def _year(text: str) -> int:
    digits = text.removesuffix("年度").removesuffix("年")
    if not (re.fullmatch("[0-9]{4}", digits) and 1990 <= int(digits) <= 2100):
        raise ValueError(f"“{text[:40]}”不是年度，应写成 2024")
    return int(digits)


def _day(text: str) -> date:
    written = read_day(text)
    if written is None or not (written.year and written.day and written.form):
        raise ValueError(f"“{text}”不是日期，应写成 2024-09-30")
    if written.date is None:
        raise ValueError(f"“{text}”：没有这一天")
    return written.date


def _places(text: str) -> int:
    if text.isdigit() and int(text) <= 6:
        return int(text)
    raise ValueError(f"“{text}”应为0–6的整数")


def _rounding(text: str) -> int | None:
    if text in _NO:
        return None
    return 0 if text == "是" else _places(text.removesuffix("位"))


def _table_rows(text: str) -> dict[str, int]:
    rows: dict[str, int] = {}
    for part in re.split(r"[;\n]", text):
        match = _ROWS_OF.fullmatch(part.strip())
        if match and 0 < int(match[2]) <= 1000:
            rows[match[1]] = int(match[2])
        elif part.strip():
            raise ValueError(f"“{part.strip()}”应写成 支付明细=10（1–1000行）")
    return rows


def _grades(text: str) -> tuple[GradeBand, ...]:
    bands, flaws = read_grades(text)
    if flaws:
        raise ValueError("；".join(flaws))
    return bands


@dataclass(frozen=True, slots=True)
class Setting:
    """A known row of sheet 方案: how it is read, and its default (None: it must be written)."""

    read: Callable[[str], Any]
    default: str | None = None
    blank: Any = None


SETTINGS: Mapping[str, Setting] = {
    "评价名称": Setting(str),
    "方案版本": Setting(str, "1.0"),
    "评价年度": Setting(_year),
    "委托单位": Setting(str, ""),
    "评价机构": Setting(str, ""),
    "评价期间起": Setting(_day, ""),
    "评价期间止": Setting(_day, ""),
    "数据截止日": Setting(_day, ""),
    "发函日期": Setting(_day, ""),
    "报送截止日": Setting(_day, ""),
    "整改截止日": Setting(_day, ""),
    "报告日期": Setting(_day, ""),
    "金额单位": Setting(one_of("万元", "元"), "万元"),
    "总分": Setting(read_mark, "100"),
    "得分小数位": Setting(_places, "2"),
    "定级前取整": Setting(_rounding, "否"),
    "不适用处理": Setting(one_of(*NotApplicable), NotApplicable.RENORMALISE.value),
    "无数据处理": Setting(one_of(*NoData), NoData.ZERO.value),
    "评分对象": Setting(one_of(*ScoredObject), ScoredObject.PROJECT.value),
    "明细行数": Setting(_table_rows, ""),
    "绩效等级": Setting(_grades, USUAL),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Typed values by row name, the further rows as text, and where each stands; ``wrong`` could not be read."""

    values: Mapping[str, Any]
    texts: Mapping[str, str]
    places: Mapping[str, CellRef]
    wrong: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A row of the sheet as it is written; ``known`` is False for further rows, which are kept as text.

    ``cell`` holds the content, ``name_cell`` the name.
    """

    name: str
    value: str
    sheet: str
    cell: str
    known: bool
    name_cell: str = ""


def rows_of(table: Table) -> tuple[SettingRow, ...]:
    """Every row, in the order of the sheet."""
    rows, _ = _by_name(table)
    places = ((name, row, row.at("内容")) for name, row in rows.items())
    known = {*SETTINGS, *KNOWN_TEXTS}
    return tuple(
        SettingRow(name, _content(row), at.sheet, at.cell, name in known, row.at("项目").cell)
        for name, row, at in places
    )


def read_settings(table: Table, sheet: CellRef) -> tuple[Settings, list[Finding]]:
    """Read all rows; a wrong or missing row is a finding, and its default stands in."""
    rows, findings = _by_name(table)
    values: dict[str, Any] = {}
    wrong: set[str] = set()
    for name, setting in SETTINGS.items():
        values[name], misread = _value(name, setting, rows.get(name), sheet)
        wrong |= {name} if misread else set()
        findings += misread
    texts = {name: _content(row) for name, row in rows.items() if name not in SETTINGS}
    findings += [_near(rows[name], name) for name in texts if name not in KNOWN_TEXTS and _near_name(name)]
    places = {name: row.at("内容") for name, row in rows.items()}
    order = [finding for days in _IN_ORDER for finding in _order(days, values, places)]
    open_rows = [*_left_open(rows), *_no_deadline(rows, sheet)]
    return Settings(values, texts, places, frozenset(wrong)), [*findings, *order, *wrong_texts(texts, rows), *open_rows]


def _by_name(table: Table) -> tuple[dict[str, TableRow], list[Finding]]:
    known = {compared(name): name for name in (*SETTINGS, *KNOWN_TEXTS)}
    rows: dict[str, TableRow] = {}
    findings: list[Finding] = []
    for row in table.rows:
        name = known.get(compared(row.text("项目")), row.text("项目"))
        if name in rows:
            words = Sentence.of("“{name}”写了两行", {"name": name})
            findings.append(about_cell("SCHEME-03", row, "项目", words, "只保留一行"))
        elif name:
            rows[name] = row
    return rows, findings


def _content(row: TableRow) -> str:
    return row.text("内容")


def _value(name: str, setting: Setting, row: TableRow | None, sheet: CellRef) -> tuple[Any, list[Finding]]:
    text = fold(_content(row)) if row else ""
    if name in {"评价名称", "委托单位", "评价机构"} and row:
        text = _content(row)  # names stay as written
    if not text:
        text = setting.default or ""
        if setting.default is None:
            at = row.at("内容") if row else sheet
            return "", [
                say(
                    "SCHEME-01",
                    at,
                    Sentence.of("《方案》缺少“{name}”", {"name": name}),
                    f"补写一行：项目“{name}”，内容填在右侧",
                )
            ]
    if not text:
        return {} if name == "明细行数" else (text if setting.read is str else None), []
    try:
        return setting.read(text), []
    except ValueError as error:
        code = "SCHEME-22" if name == "绩效等级" else "SCHEME-02"
        hint = (
            f"应写成 {USUAL}（每级写下限，上一级的下限就是本级的上限）；没有分档的写“{NONE}”"
            if name == "绩效等级"
            else "按说明改写"
        )
        at = row.at("内容") if row else sheet
        fallback = setting.read(setting.default) if setting.default else None
        return fallback, [
            say(code, at, Sentence.of("“{name}”：{reason}", {"name": name, "reason": str(error)}), hint, found=text)
        ]


def _near_name(name: str) -> str:
    return did_you_mean(name, (*SETTINGS, *KNOWN_TEXTS))


def _near(row: TableRow, name: str) -> Finding:
    words = Sentence.of("没有名为“{name}”的设置项，已作为补充信息保留", {"name": name})
    return about_cell("SCHEME-11", row, "项目", words, _near_name(name), severity=Severity.NOTE)


def _left_open(rows: Mapping[str, TableRow]) -> Iterator[Finding]:
    """Rows of the starter nobody has filled in: they would be printed on letters and covers."""
    for name, row in rows.items():
        if TO_FILL_IN in _content(row):
            words = Sentence.of(
                "“{name}”还写着“{to_fill_in}”，会印在通知函、采集表和报告上", {"name": name, "to_fill_in": TO_FILL_IN}
            )
            yield about_cell("SCHEME-34", row, "内容", words, f"写上本次评价的{name}")
    if _CONTACTS[0] in rows and not any(_content(rows[name]) for name in _CONTACTS if name in rows):
        nobody = "没有写联系人、联系电话或联系邮箱，单位收到通知函后找不到人问"
        yield about_cell("SCHEME-34", rows[_CONTACTS[0]], "内容", nobody, "至少填写一项", severity=Severity.WARNING)


def _order(names: Sequence[str], values: Mapping[str, Any], places: Mapping[str, CellRef]) -> Iterator[Finding]:
    """Days that are written must follow one another; each is held against the last one written before it."""
    written = [name for name in names if values[name]]
    for earlier, later in pairwise(written):
        if values[earlier] > values[later]:
            words = Sentence.of(
                "{later}{values}早于{earlier}{other}",
                {"later": later, "values": values[later], "earlier": earlier, "other": values[earlier]},
            )
            yield say("SCHEME-28", places[later], words, "请核对两个日期", found=Stated(values[later], Form.ISO))


def _no_deadline(rows: Mapping[str, TableRow], sheet: CellRef) -> Iterator[Finding]:
    row = rows.get(DUE)
    if row is None or not _content(row):
        words = Sentence.of("没有写{due}：通知函无法写明期限，下发时会停下来", {"due": DUE})
        at = row.at("内容") if row else sheet
        yield say("SCHEME-34", at, words, f"补写一行：项目“{DUE}”，内容如 2025-01-31", severity=Severity.WARNING)
