"""Random sheets of cells and random formulas over them, the same for the same seed.

Left out is only what LibreOffice is known to calculate otherwise than Excel documents; each such case stands in
``docs/formula-differences.md`` and is checked one by one in ``test_formula_referee.py``.
"""

import random
from collections.abc import Callable
from decimal import Decimal

from toolkit.model.values import ErrorValue, Value

ROWS, COLUMNS = 12, "ABCDEF"
SHEET = "数据"
NAMES = {
    "预算资金": "A1",
    "实际到位资金": "A2",
    "实际支出资金": "A3",
    "计划数": "A4",
    "完成数": "B1",
    "满意度": "B2",
    "说明": "E1",
    "结论": "E2",
    "空白项": "F1",
    "未知项": "D1",
    "数列": "A1:A8",
    "混合列": "D1:D8",
    "文字列": "E1:E8",
    "升序列": "C1:C8",
}
_WORDS = ("优", "良", "abc", "Bcd", "x1", "市级", "zz top", "中", "Q")
_NUMBERS = ("A", "B")  # columns of numbers only; C ascending numbers, D mixed, E texts, F sparse


def random_cells(rng: random.Random) -> dict[str, Value]:
    """The cells of one data sheet by address; blanks are missing."""
    cells: dict[str, Value] = {}
    error = rng.choice((ErrorValue.DIV0, ErrorValue.NA, ErrorValue.VALUE, ErrorValue.NUM))
    ascending = Decimal(rng.randint(-50, 0))
    for row in range(1, ROWS + 1):
        cells[f"A{row}"] = _number(rng)
        cells[f"B{row}"] = _number(rng)
        ascending += Decimal(rng.randint(1, 900)) / 100
        cells[f"C{row}"] = ascending
        cells[f"D{row}"] = _mixed(rng, error)
        cells[f"E{row}"] = rng.choice(_WORDS)
        cells[f"F{row}"] = _number(rng) if rng.random() < 0.4 else None
    cells["F1"] = None
    return {address: value for address, value in cells.items() if value is not None}


def random_formula(rng: random.Random) -> str:
    """One formula, without the leading ``=``."""
    kind = rng.choice((number, number, number, text, logical))
    return kind(rng, rng.randint(1, 4))


def _number(rng: random.Random) -> Decimal:
    match rng.randrange(6):
        case 0:
            return Decimal(rng.choice((0, 0, 1, 100, -1)))
        case 1:
            return Decimal(rng.randint(-20, 60))
        case 2:
            return Decimal(rng.randint(-(10**6), 10**8)) / 100
        case 3:
            return Decimal(rng.randint(0, 10_000)) / 10_000
        case _:
            return Decimal(rng.randint(0, 10**6)) / 100


def _mixed(rng: random.Random, error: ErrorValue) -> Value:
    match rng.randrange(8):
        case 0:
            return None
        case 1:
            return rng.choice(("12.25", "3.125", "-7.75"))  # no number a condition asks for
        case 2 | 3:
            return rng.choice(_WORDS)
        case 4 if rng.random() < 0.3:
            return error
        case _:
            return _number(rng)


def number(rng: random.Random, depth: int) -> str:
    """A formula that usually gives a number."""
    if depth <= 0 or rng.random() < 0.12:
        return _number_leaf(rng)
    if rng.random() < 0.04:
        return rng.choice((f"(LEFT({text(rng, depth - 1)},2)+0)", f"(({logical(rng, depth - 1)})+0)"))
    return rng.choice(_NUMBER_MAKERS)(rng, depth - 1)


def text(rng: random.Random, depth: int) -> str:
    """A formula that usually gives a text."""
    if depth <= 0 or rng.random() < 0.2:
        return rng.choice((f'"{rng.choice(_WORDS)}"', "说明", "结论", f"{SHEET}!E{rng.randint(1, ROWS)}", '""'))
    return rng.choice(_TEXT_MAKERS)(rng, depth - 1)


def logical(rng: random.Random, depth: int) -> str:
    """A formula that gives TRUE, FALSE or an error."""
    if depth <= 0:
        return rng.choice(("TRUE", "FALSE", "实际到位资金=0", "完成数>=计划数"))
    return rng.choice(_LOGICAL_MAKERS)(rng, depth - 1)


def _number_leaf(rng: random.Random) -> str:
    match rng.randrange(7):
        case 0:
            return str(rng.randint(0, 20))
        case 1:
            return f"{rng.randint(0, 999)}.{rng.randint(1, 99):02d}"
        case 2 | 3:
            return rng.choice(("预算资金", "实际到位资金", "实际支出资金", "计划数", "完成数", "满意度", "空白项"))
        case 4:
            return rng.choice((f"{SHEET}!${rng.choice('AB')}${rng.randint(1, ROWS)}", f"{rng.randint(1, 150)}%"))
        case 5 if rng.random() < 0.25:
            return rng.choice(("未知项", f"{SHEET}!D{rng.randint(1, ROWS)}", f"{SHEET}!F{rng.randint(1, ROWS)}"))
        case _:
            return f"{SHEET}!{rng.choice('ABC')}{rng.randint(1, ROWS)}"


def _number_or_sum(rng: random.Random, _depth: int) -> str:
    return rng.choice((_number_leaf(rng), f"{_number_leaf(rng)}-{_number_leaf(rng)}", f"SUM({_numbers_area(rng)})"))


def _numbers_area(rng: random.Random) -> str:
    first = rng.randint(1, ROWS - 1)
    last = rng.randint(first, ROWS)
    column = rng.choice("AABBCF")
    wide = {"A": "B", "B": "C"}.get(column, column) if rng.random() < 0.2 else column
    return rng.choice(
        ("数列", "升序列", f"{SHEET}!{column}{first}:{wide}{last}", f"{SHEET}!${column}${first}:${wide}${last}")
    )


def _any_area(rng: random.Random) -> str:
    return rng.choice((_numbers_area(rng), _numbers_area(rng), "混合列", "文字列", f"{SHEET}!D2:E5", f"{SHEET}!F1:F9"))


def _arithmetic(rng: random.Random, depth: int) -> str:
    sign = rng.choice("++--**//")
    return (
        f"({number(rng, depth)}{sign}{number(rng, depth)})"
        if rng.random() < 0.6
        else (f"{_number_leaf(rng)}{sign}{_number_leaf(rng)}")
    )


def _power(rng: random.Random, depth: int) -> str:
    if rng.random() < 0.2:
        return f"-{rng.randint(1, 9)}^{rng.choice(('2', '0', '3'))}"
    return f"{_number_leaf(rng)}^{rng.choice(('2', '3', '-1', '0.5'))}" if depth else "2^3^2"


def _signed(rng: random.Random, depth: int) -> str:
    return rng.choice(("-{}", "({})%", "+{}", "--{}")).format(f"({number(rng, depth)}+0)")


def _call(name: str, *parts: Callable[[random.Random, int], str]) -> Callable[[random.Random, int], str]:
    def make(rng: random.Random, depth: int) -> str:
        return f"{name}({','.join(part(rng, depth) for part in parts)})"

    return make


def _several(name: str, area: Callable[[random.Random], str]) -> Callable[[random.Random, int], str]:
    def make(rng: random.Random, depth: int) -> str:
        parts = [area(rng) if rng.random() < 0.6 else number(rng, depth - 1) for _ in range(rng.randint(1, 3))]
        return f"{name}({','.join(parts)})"

    return make


def _over(name: str, area: Callable[[random.Random], str]) -> Callable[[random.Random, int], str]:
    return lambda rng, _depth: f"{name}({area(rng)})"


def _fixed(*choices: str) -> Callable[[random.Random, int], str]:
    return lambda rng, _depth: rng.choice(choices)


def _criterion(rng: random.Random, _depth: int) -> str:
    sign = rng.choice(("", ">", "<", ">=", "<=", "<>", "="))
    value = rng.choice((str(rng.randint(-5, 60)), f"{rng.randint(0, 99)}.5"))
    wordy = rng.choice((f'"{rng.choice(_WORDS)}"', '"?bc"', '"*市*"', '"<>优"', '"b*"', '"zz*p"', '"<>"'))
    return rng.choice((f'"{sign}{value}"', value, wordy, "计划数"))


def _same_length(rng: random.Random) -> tuple[str, str]:
    first = rng.randint(1, 6)
    last = first + rng.randint(1, 5)
    tested, other = rng.choice("ABCDEF"), rng.choice("ABC")
    return f"{SHEET}!{tested}{first}:{tested}{last}", f"{SHEET}!{other}{first}:{other}{last}"


def _conditional_sum(rng: random.Random, depth: int) -> str:
    tested, summed = _same_length(rng)
    wanted = _criterion(rng, depth)
    filled = tested.replace("D", "A").replace("F", "B")  # no blank at its end
    return rng.choice(
        (
            f"SUMIF({tested},{wanted},{summed})",
            f"SUMIFS({summed},{tested},{wanted})",
            f"COUNTIF({tested},{wanted})",
            f"COUNTIFS({filled},{wanted},{filled},{_criterion(rng, depth)})",
            f"SUMIFS({summed},{filled},{wanted},{filled},{_criterion(rng, depth)})",
        )
    )


def _sum_of_products(rng: random.Random, _depth: int) -> str:
    first, other = _same_length(rng)
    if "D" in first or "E" in first:
        first = other
    return rng.choice(
        (
            f"SUMPRODUCT({first},{other})",
            f"SUMPRODUCT(({first}>{rng.randint(0, 40)})*{other})",
            f"SUMPRODUCT(--({first}<={rng.randint(0, 40)}),{other})",
            "SUMPRODUCT({1,0.75,0.5}*{4,2,1})/SUM({4,2,1})",
            f"SUMPRODUCT({other}*2+1)",
        )
    )


def _lookup(rng: random.Random, depth: int) -> str:
    at = rng.randint(1, 8)
    wanted = rng.choice((f"{SHEET}!C{at}", f"{SHEET}!C{at}+0.001", f"({number(rng, min(depth, 1))}+0)"))
    word = rng.choice((f'"{rng.choice(_WORDS)}"', "说明", '"*c*"', '"x?"'))
    return rng.choice(
        (
            f"(VLOOKUP({wanted},{SHEET}!C1:D8,2)+0)",
            f"(VLOOKUP({SHEET}!C{at},{SHEET}!C1:E8,{rng.randint(0, 4)},FALSE)+0)",
            f"MATCH({wanted},升序列,1)",
            f"MATCH({word},文字列,0)",
            f"INDEX({SHEET}!A1:C8,{rng.randint(0, 9)},{rng.randint(1, 4)})",
            f"INDEX(数列,MATCH({wanted},升序列))",
            f"LOOKUP({wanted},升序列,数列)",
            f"LOOKUP({wanted},升序列)",
            f"LOOKUP({rng.randint(-5, 120)},{{0,60,80,90}},{{1,2,3,4}})",
            f"HLOOKUP({SHEET}!A1,{SHEET}!A1:C8,{rng.randint(1, 8)},FALSE)",
            f"SUM(INDEX({SHEET}!A1:C8,0,{rng.randint(1, 3)}))",
            f"IFERROR(VLOOKUP({word},{SHEET}!E1:F8,2,FALSE),-1)",
        )
    )


def _date(rng: random.Random, _depth: int) -> str:
    day = f"DATE({rng.randint(2000, 2030)},{rng.randint(-3, 15)},{rng.randint(-5, 40)})"
    later = f"DATE({rng.randint(2031, 2040)},{rng.randint(1, 12)},{rng.randint(1, 28)})"
    return rng.choice(
        (
            day,
            f"YEAR({day})",
            f"MONTH({day})",
            f"DAY({day})",
            f"EDATE({day},{rng.randint(-30, 30)})",
            f"EOMONTH({day},{rng.randint(-30, 30)})",
            f"_xlfn.DAYS({later},{day})",
            f'DATEDIF({day},{later},"{rng.choice(("Y", "M", "D", "YM"))}")',
            f"{later}-{day}",
        )
    )


def _positions(rng: random.Random, _depth: int) -> str:
    word = text(rng, 1)
    return rng.choice(
        (
            f"LEN({word})",
            f'FIND("{rng.choice("abc市优")}",{word})',
            f'SEARCH("{rng.choice("ABC市优?")}",{word})',
            f'IFERROR(SEARCH("{rng.choice("BCQ")}*",{word}),0)',
            f'VALUE("{rng.randint(0, 999)}")',
            f"N({_number_leaf(rng)})",
        )
    )


def _small_count(rng: random.Random, _depth: int) -> str:
    return str(rng.randint(1, 5))


def _digits(rng: random.Random, _depth: int) -> str:
    return str(rng.randint(-2, 4))


def _step(rng: random.Random, _depth: int) -> str:
    return rng.choice(("0.05", "0.1", "1", "2", "10", "5%"))


def _branches(rng: random.Random, depth: int) -> str:
    return rng.choice(
        (
            f"_xlfn.IFS({logical(rng, depth)},{number(rng, depth)},TRUE,{number(rng, depth)})",
            f"_xlfn.SWITCH({rng.randint(1, 3)},1,{number(rng, depth)},2,{number(rng, depth)},{number(rng, depth)})",
            f"CHOOSE({rng.randint(0, 3)},{number(rng, depth)},{number(rng, depth)})",
            f"_xlfn.IFNA({number(rng, depth)}+0,{number(rng, depth)})",
            f"IFERROR({number(rng, depth)}+0,{number(rng, depth)})",
            f"(IF({logical(rng, depth)},{number(rng, depth)})+0)",
        )
    )


_NUMBER_MAKERS: tuple[Callable[[random.Random, int], str], ...] = (
    _arithmetic,
    _arithmetic,
    _arithmetic,
    _power,
    _signed,
    _call("IF", logical, number, number),
    _branches,
    _call("ROUND", number, _digits),
    _call("ROUNDUP", number, _digits),
    _call("ROUNDDOWN", number, _digits),
    _call("TRUNC", number, _digits),
    _call("INT", number),
    _call("ABS", number),
    _call("SIGN", number),
    _call("SQRT", number),
    _call("MROUND", _call("ABS", number), _fixed("0.5", "1", "2", "10", "0.25")),
    _call("CEILING", number, _step),
    _call("FLOOR", number, _step),
    _call("MOD", _call("ROUND", _number_or_sum, _fixed("0")), _fixed("2", "3", "7", "-4", "0")),
    _call("POWER", number, _fixed("2", "0.5", "-1", "3")),
    _several("SUM", _any_area),
    _several("SUM", _numbers_area),
    _several("AVERAGE", _numbers_area),
    _several("MIN", _any_area),
    _several("MAX", _any_area),
    _several("MEDIAN", _numbers_area),
    _several("COUNT", _any_area),
    _several("COUNTA", _any_area),
    _over("COUNTBLANK", _any_area),
    _over("PRODUCT", _numbers_area),
    _call("LARGE", lambda rng, _depth: _numbers_area(rng), _small_count),
    _call("SMALL", lambda rng, _depth: _numbers_area(rng), _small_count),
    _call("RANK", _fixed("预算资金", "计划数", f"{SHEET}!A5"), _fixed("数列", f"{SHEET}!A1:B8"), _fixed("0", "1")),
    _conditional_sum,
    _conditional_sum,
    _sum_of_products,
    _lookup,
    _lookup,
    _date,
    _positions,
)

_TEXT_MAKERS: tuple[Callable[[random.Random, int], str], ...] = (
    lambda rng, depth: f"({text(rng, depth)}&{text(rng, depth)})",
    lambda rng, depth: f"({text(rng, depth)}&{rng.choice(('计划数', '完成数', '空白项', '12', '0.5'))})",
    _call("LEFT", text, _small_count),
    _call("RIGHT", text, _small_count),
    _call("MID", text, _small_count, _small_count),
    _call("TRIM", lambda rng, depth: f'("  "&{text(rng, depth)}&"  x ")'),
    _call("UPPER", text),
    _call("LOWER", text),
    _call("SUBSTITUTE", text, _fixed('"a"', '"市"', '"z"'), _fixed('"-"', '"优良"', '""')),
    _call("CONCATENATE", text, text, _fixed("1", '"-"', "计划数")),
    _call("IF", logical, text, text),
    _call("IFERROR", text, text),
    _call("T", text),
    _call(
        "TEXT",
        _fixed("预算资金", "完成数", "满意度", "实际支出资金"),
        _fixed('"0.00"', '"#,##0.00"', '"0%"', '"0.00%"', '"0"'),
    ),
    _call("TEXT", _fixed("DATE(2024,3,5)", "45000"), _fixed('"yyyymmdd"', '"yyyy年m月d日"', '"yyyy/m/d"')),
    _call("_xlfn.IFNA", text, text),
)

_LOGICAL_MAKERS: tuple[Callable[[random.Random, int], str], ...] = (
    lambda rng, depth: f"{number(rng, depth)}{rng.choice(('=', '<>', '<', '>', '<=', '>='))}{number(rng, depth)}",
    lambda rng, depth: f"{number(rng, depth)}{rng.choice(('<', '>', '<=', '>='))}{_number_leaf(rng)}",
    lambda rng, depth: f"{text(rng, depth)}{rng.choice(('=', '<>'))}{text(rng, depth)}",
    lambda rng, depth: f'{text(rng, depth)}{rng.choice(("=", "<>"))}""',
    lambda rng, _depth: f"{_number_leaf(rng)}{rng.choice(('=', '<>'))}0",
    _call("AND", logical, logical),
    _call("OR", logical, logical, logical),
    _call("_xlfn.XOR", logical, logical),
    _call("NOT", logical),
    _call("ISNUMBER", _fixed("预算资金", "说明", "空白项", "未知项", f"{SHEET}!D3", f"{SHEET}!D4")),
    _call("ISTEXT", _fixed("预算资金", "说明", "空白项", "未知项", f"{SHEET}!D5")),
    _call("ISBLANK", _fixed("预算资金", "空白项", "未知项", f"{SHEET}!F3", '""')),
    _call("ISERROR", number),
    _call("ISNA", number),
    _call("EXACT", text, text),
)
