"""Rows that repeat: which template row comes out how often, and what its tags stand for each time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.generate.content import Content, Words
from toolkit.generate.field_words import DEFAULT_TABLE_ROWS, column_words, field_words, table_words
from toolkit.generate.indicator_words import evidence_words, indicator_rows
from toolkit.generate.self_check import MISSING_AREA as MISSING
from toolkit.generate.self_check import (
    RESULT_AREA,
    cross_check_formula,
    first_operand,
    in_formulas,
    missing_formula,
)
from toolkit.model import Field, Scheme, Slot


@dataclass(frozen=True, slots=True)
class BandSource:
    """What bands draw on.

    Attributes:
        explicit: field keys and table names that stand somewhere by themselves and are left out of their section.
        required: sheet name → the cells that must be filled in, for the self-check.
    """

    scheme: Scheme
    explicit: frozenset[str]
    required: Mapping[str, tuple[Slot, ...]]


@dataclass(frozen=True, slots=True)
class OutputRow:
    """A template row as it comes out once."""

    template_row: int
    words: Mapping[str, Words]


Block = Mapping[int, frozenset[str]]
"""Template rows of a band with the nouns-and-words used in each, as ``列.填报``."""


def is_band(noun: str) -> bool:
    """True when rows can repeat over this noun."""
    return noun in _BANDS


def band_rows(noun: str, words: tuple[str, ...], block: Block, source: BandSource) -> list[OutputRow]:
    """All output rows of a band, in order; none when there is nothing to repeat over."""
    return list(_BANDS[noun](words, block, source))


def _fields(words: tuple[str, ...], block: Block, source: BandSource) -> Iterator[OutputRow]:
    for number, field in enumerate(_chosen_fields(words, source), start=1):
        for row in block:
            yield OutputRow(row, {"项": field_words(field, source.scheme, number)})


def _chosen_fields(words: tuple[str, ...], source: BandSource) -> Iterator[Field]:
    section, filters = words[0] if words else "", words[1:]
    for field in source.scheme.fields:
        wanted = not filters or ("计算" if field.formula else "填报") in filters
        if field.section == section and not field.table and field.key not in source.explicit and wanted:
            yield field


def _tables(words: tuple[str, ...], block: Block, source: BandSource) -> Iterator[OutputRow]:
    wanted = words[0] if words else ""
    for name, columns in source.scheme.tables().items():
        if name == wanted or (columns[0].section == wanted and name not in source.explicit):
            yield from _table(name, columns, block, source.scheme)


def _table(name: str, columns: tuple[Field, ...], block: Block, scheme: Scheme) -> Iterator[OutputRow]:
    count = scheme.table_rows.get(name, DEFAULT_TABLE_ROWS)
    for row, used in block.items():
        for number in range(1, (count if "列.填报" in used else 1) + 1):
            yield OutputRow(
                row,
                {
                    "明细": table_words(name, columns),
                    "列": column_words(name, columns, scheme, number),
                    "行": {"序号": Content(Decimal(number))},
                },
            )


def _indicators(_: tuple[str, ...], block: Block, source: BandSource) -> Iterator[OutputRow]:
    for words in indicator_rows(source.scheme):
        for row in block:
            yield OutputRow(row, words)


def _evidence(_: tuple[str, ...], block: Block, source: BandSource) -> Iterator[OutputRow]:
    for number, item in enumerate(source.scheme.evidence, start=1):
        for row in block:
            yield OutputRow(row, {"佐证": evidence_words(item, source.scheme, number)})


def _sheets(_: tuple[str, ...], block: Block, source: BandSource) -> Iterator[OutputRow]:
    for number, (name, slots) in enumerate(_counted(source.required), start=1):
        cell = f"自检_缺项_{number}"
        words = {
            "序号": Content(Decimal(number)),
            "名称": Content(name, link=slots[0].key),
            "必填项数": Content(Decimal(len(slots))),
            "缺项": Content(formula=missing_formula(slots), name=cell, areas=(MISSING,), number_format="General"),
            "结果": Content(formula=f'=IF({cell}=0,"已填全","必填缺 "&{cell}&" 项")'),
            "查看": Content("点击查看", link=slots[0].key),
        }
        for row in block:
            yield OutputRow(row, {"表": words})


def _counted(required: Mapping[str, Sequence[Slot]]) -> Iterator[tuple[str, Sequence[Slot]]]:
    """Name and cells of every row of 填报自检 that counts; a sheet whose formula would be too long takes several."""
    for sheet, slots in required.items():
        parts = in_formulas(slots)
        for number, part in enumerate(parts, start=1):
            yield (f"{sheet}（第{number}部分）" if len(parts) > 1 else sheet), part


def _cross_checks(_: tuple[str, ...], block: Block, source: BandSource) -> Iterator[OutputRow]:
    tables = {field.key: field.table for field in source.scheme.fields if field.table}
    for number, check in enumerate(source.scheme.cross_checks, start=1):
        link = first_operand(check, source.scheme)
        words = {
            "序号": Content(Decimal(number)),
            "编号": Content(check.code),
            "内容": Content(check.message),
            "公式": Content(check.formula.removeprefix("=")),
            "严重程度": Content(check.severity.label),
            "结果": Content(
                formula=cross_check_formula(check, tables), name=f"勾稽_{check.code}", areas=(RESULT_AREA,)
            ),
            "处理办法": Content(check.hint),
            "查看": Content("点击查看", link=link),
        }
        for row in block:
            yield OutputRow(row, {"勾稽": words})


_BANDS: dict[str, Callable[[tuple[str, ...], Block, BandSource], Iterator[OutputRow]]] = {
    "字段": _fields,
    "明细": _tables,
    "指标": _indicators,
    "佐证": _evidence,
    "表": _sheets,
    "勾稽": _cross_checks,
}
