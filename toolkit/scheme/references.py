"""Formulas of a scheme: do they read, do they name what exists, do they go in circles."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.formula import (
    SUPPORTED,
    FormulaSyntaxError,
    compile_formula,
    find_cycles,
    parse,
    spell,
    taken_cell_by_cell,
)
from toolkit.model import CellRef, Field, Finding, Indicator, Scheme, Sentence
from toolkit.scheme.columns import FIELDS, INDICATORS
from toolkit.scheme.findings import did_you_mean, say
from toolkit.scheme.rows import FieldRow, IndicatorRow, Read

_CLOCK = {"TODAY"}


@dataclass(frozen=True, slots=True)
class Stated:
    """A formula with the name it defines ("" for a cross-check), who owns it and where it is written."""

    name: str
    owner: str
    text: str
    at: CellRef


def workbook_names(fields: Iterable[Field], indicators: Iterable[Indicator], evidence: Iterable[str]) -> dict[str, str]:
    """Every defined name of the collection workbook with what it belongs to, in words."""
    names: dict[str, str] = {}
    for field in fields:
        names.setdefault(field.key, f"字段“{field.key}”")
        if field.table:
            names.setdefault(field.table, f"明细表“{field.table}”")
    for indicator in indicators:
        parts = ("自评分", "说明", "佐证", "分值")
        for key in (*(asked.key for asked in indicator.inputs), *(indicator.name_for(part) for part in parts)):
            names.setdefault(key, f"指标{indicator.code}")
    for code in evidence:
        for part in ("佐证页码", "佐证提供", "佐证文件名"):
            names.setdefault(f"{part}_{code}", f"佐证{code}")
    return names


def check_scheme_formulas(
    scheme: Scheme,
    fields: Sequence[Read[FieldRow]],
    indicators: Sequence[Read[IndicatorRow]],
    written: Mapping[str, Collection[str]],
    unsound: Collection[str] = (),
) -> list[Finding]:
    """All findings about a scheme's formulas, each at the cell the formula is written in.

    Args:
        scheme: as far as it could be read.
        fields: the rows its fields were made from.
        indicators: the rows its indicators were made from, those whose rule failed included.
        written: codes and keys by sheet, those of unreadable rows included; what is written is not unknown.
        unsound: codes of indicators whose rule could not be built; nobody knows which values it would have.
    """
    known = workbook_names(scheme.fields, scheme.indicators, (item.code for item in scheme.evidence))
    parts = ("完成值", "自评分", "说明", "佐证", "分值")
    known |= {f"{part}_{code}": code for code in written[INDICATORS] for part in parts}
    known |= dict.fromkeys(written[FIELDS], "")
    stated = [
        *(
            Stated(field.row.key, field.row.key, field.row.formula, field.at("公式"))
            for field in fields
            if field.row.formula
        ),
        *_derived(scheme.indicators, indicators),
        *(Stated("", cross_check.code, cross_check.formula, cross_check.origin) for cross_check in scheme.cross_checks),
    ]
    # conditions speak of roster columns, which the scheme does not know
    conditions = [
        Stated("", indicator.row.code, indicator.row.applies_when, indicator.at("适用条件"))
        for indicator in indicators
        if indicator.row.applies_when
    ]
    areas = {field.key for field in scheme.fields if field.table} | set(scheme.tables())
    return [
        *check_formulas(stated, known, unsound, areas),
        *(finding for condition in conditions for finding in _reads(condition)),
    ]


def _derived(bound: Iterable[Indicator], rows: Iterable[Read[IndicatorRow]]) -> Iterator[Stated]:
    """Formulas among the rule parameters: ``完成值=预算执行率``."""
    places = {row.row.code: row.at("规则参数") for row in rows}
    for indicator in bound:
        for asked in indicator.inputs:
            if asked.formula:
                yield Stated(asked.key, indicator.code, asked.formula, places[indicator.code])


def check_formulas(
    formulas: Iterable[Stated],
    known: Mapping[str, str],
    unsound: Collection[str] = (),
    areas: Collection[str] = (),
) -> list[Finding]:
    """Findings for formulas that cannot be read, name something unknown, or depend on themselves.

    Also for those that an ordinary cell cannot calculate: ``areas`` are the names of tables and their columns.
    """
    findings: list[Finding] = []
    readable: dict[str, Stated] = {}
    for stated in formulas:
        wrong = _syntax(stated)
        if not wrong:
            wrong = [*_reads(stated), *_unknown_names(stated, known, unsound), *_taken_cell_by_cell(stated, areas)]
            readable |= {stated.name: stated} if stated.name else {}
        findings += wrong
    return findings + _cycles(readable)


def _syntax(stated: Stated) -> list[Finding]:
    try:
        compile_formula(stated.text)
    except FormulaSyntaxError as error:
        words = Sentence.of("公式写法有误：{reason}", {"reason": str(error)})
        return [
            say(
                "SCHEME-07", stated.at, words, "检查括号、引号和运算符（用半角）", about=stated.owner, found=stated.text
            )
        ]
    return []


def _reads(stated: Stated) -> list[Finding]:
    if wrong := _syntax(stated):
        return wrong
    formula = compile_formula(stated.text).formula
    functions = [
        _unusable(stated, name) for name in sorted(formula.functions) if name in _CLOCK or name not in SUPPORTED
    ]
    cells = [_cell(stated, spell(cell)) for cell in sorted(formula.cells, key=spell)]
    return functions + cells


def _unusable(stated: Stated, function: str) -> Finding:
    if function in _CLOCK:
        words = Sentence.of("公式用了 {function}：同一份数据每天会算出不同的结果", {"function": function})
        hint = "改用日期字段，或写明日期，例如 DATE(2024,9,30)"
    else:
        words = Sentence.of("公式用了不支持的函数 {function}，会得到 #NAME?", {"function": function})
        hint = did_you_mean(function, SUPPORTED, "改用 IF、ROUND、SUM、SUMIFS、VLOOKUP 等各版本Excel和WPS都有的函数")
    return say("SCHEME-12", stated.at, words, hint, about=stated.owner, found=stated.text)


def _taken_cell_by_cell(stated: Stated, areas: Collection[str]) -> Iterator[Finding]:
    names = taken_cell_by_cell(parse(stated.text), areas)
    if names:
        words = Sentence.of(
            "公式要逐格计算“{listed}”，采集表的普通单元格做不到，只会取其中一格", {"listed": "”、“".join(names)}
        )
        hint = "改用 SUMIFS、COUNTIFS、MAXIFS 等条件函数，或把逐格计算的部分放进 SUMPRODUCT"
        yield say("SCHEME-12", stated.at, words, hint, about=stated.owner, found=stated.text)


def _cell(stated: Stated, address: str) -> Finding:
    words = Sentence.of("公式引用了单元格“{address}”，方案里的公式只能引用字段", {"address": address})
    return say("SCHEME-08", stated.at, words, "改写成字段名", about=stated.owner, found=stated.text)


def _unknown_names(stated: Stated, known: Mapping[str, str], unsound: Collection[str]) -> list[Finding]:
    folded = {name.casefold() for name in known}
    ends = tuple(f"_{code}" for code in unsound)
    names = [name for name in parse(stated.text).names if not (ends and name.endswith(ends))]
    unknown = sorted(name for name in names if name.casefold() not in folded)
    return [
        say(
            "SCHEME-08",
            stated.at,
            Sentence.of("公式引用了“{name}”，方案中没有这个字段", {"name": name}),
            did_you_mean(name, known, "先在《字段》表中增加该字段，或改正公式"),
            about=stated.owner,
            found=stated.text,
        )
        for name in unknown
    ]


def _cycles(sound: Mapping[str, Stated]) -> list[Finding]:
    found = []
    for cycle in find_cycles({name: stated.text for name, stated in sound.items()}):
        first = next((sound[name] for name in cycle if name in sound), None)
        if first:
            path = "→".join([*dict.fromkeys(cycle), cycle[0]])
            words = Sentence.of("公式循环引用：{path}", {"path": path})
            found.append(say("SCHEME-09", first.at, words, "去掉其中一个引用", about=first.owner, found=first.text))
    return found
