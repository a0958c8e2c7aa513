"""适用条件 and 勾稽 must be conditions: a bare 新建 is true of every project, a bare sum of none."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from toolkit.formula import FormulaSyntaxError, parse
from toolkit.formula.tree import Binary, Call, Logical, Name, Node, Text, walk
from toolkit.model import CellRef, CrossCheck, Finding, Sentence, Severity
from toolkit.scheme.findings import say
from toolkit.scheme.rows import IndicatorRow, Read

_COMPARES = ("=", "<>", "<", ">", "<=", ">=")
_NUMERIC = frozenset(
    {
        *("SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "ROUND", "ROUNDUP", "ROUNDDOWN", "ABS", "MAX", "MIN", "N", "COUNT"),
        *("COUNTA", "COUNTIF", "COUNTIFS", "COUNTBLANK", "AVERAGE", "INT", "MOD", "DATE", "YEAR", "MONTH", "DAY"),
        *("LEN", "TEXT", "CONCATENATE"),
    }
)
"""Functions whose result is neither true nor false."""
_USUAL_COLUMN = "项目类型"


def check_conditions(indicators: Iterable[Read[IndicatorRow]], choices: Mapping[str, Sequence[str]]) -> list[Finding]:
    """A finding for every 适用条件 that is no condition, or compares with a word that lacks its quotes.

    ``choices`` are the scheme's lists: a value of one of them is no column of the roster.
    """
    listed = {value: name for name, values in choices.items() for value in values}
    return [
        finding
        for read in indicators
        if read.row.applies_when
        for finding in check_condition(read.row.applies_when, read.at("适用条件"), read.row.code, listed)
    ]


def check_condition(text: str, at: CellRef, about: str, listed: Mapping[str, str]) -> list[Finding]:
    """What is wrong with a formula as a condition; one that is no formula is said elsewhere.

    ``listed`` gives the list (选项名) each choice stands in.
    """
    try:
        tree = parse(text).tree
    except FormulaSyntaxError:
        return []
    if not _is_condition(tree):
        return [_no_condition(tree, text, at, about, listed)]
    return list(_without_quotes(tree, text, at, about, listed))


def check_cross_checks(cross_checks: Iterable[CrossCheck], calculated: Container[str]) -> Iterator[Finding]:
    """Cross-checks whose formula gives a number or a text: they are never fulfilled and would accuse every unit.

    ``calculated`` are the fields with a formula of their own, which may say true or false.
    """
    for cross_check in cross_checks:
        try:
            tree = parse(cross_check.formula).tree
        except FormulaSyntaxError:
            continue
        if _is_condition(tree) and not (isinstance(tree, Call) and tree.function in _NUMERIC):
            continue
        if isinstance(tree, Name) and tree.name in calculated:
            continue
        words = Sentence.of(
            "“{formula}”算出的是一个值，不是成立或不成立，每个项目都会被指为不符",
            {"formula": cross_check.formula.lstrip("=")},
        )
        hint = "写成比较，例如 =实际支出资金<=实际到位资金"
        yield say("SCHEME-35", cross_check.origin, words, hint, about=cross_check.code, found=cross_check.formula)


def _is_condition(tree: Node) -> bool:
    if isinstance(tree, Binary):
        return tree.operator in _COMPARES
    return isinstance(tree, Call | Logical)


def _no_condition(tree: Node, text: str, at: CellRef, about: str, listed: Mapping[str, str]) -> Finding:
    word = tree.name if isinstance(tree, Name) else tree.value if isinstance(tree, Text) else ""
    column = listed.get(word, _USUAL_COLUMN)
    hint = f'是否想写 ={column}="{word}"？' if word else f'写成能成立或不成立的式子，例如 ={_USUAL_COLUMN}="新建"'
    words = Sentence.of("“{formula}”不是条件：它对每个项目都一样，起不到区分作用", {"formula": text.lstrip("=")})
    return say("SCHEME-35", at, words, hint, about=about, found=text)


def _without_quotes(tree: Node, text: str, at: CellRef, about: str, listed: Mapping[str, str]) -> Iterator[Finding]:
    for node in walk(tree):
        if not (isinstance(node, Binary) and node.operator in ("=", "<>")):
            continue
        left, right = node.left, node.right
        words = [side.name for side in (left, right) if isinstance(side, Name)]
        bare = next((word for word in words if word in listed), "")
        if bare:
            yield _quote(bare, text, at, about, Severity.ERROR)
        elif len(words) == 2:
            yield _quote(words[1], text, at, about, Severity.WARNING)


def _quote(word: str, text: str, at: CellRef, about: str, severity: Severity) -> Finding:
    words = Sentence.of("“{formula}”里的“{word}”没有加引号，会被当作列名", {"formula": text.lstrip("="), "word": word})
    hint = f"是否想写 ={text.lstrip('=').replace(word, f'{chr(34)}{word}{chr(34)}', 1)}？"
    return say("SCHEME-35", at, words, hint, severity=severity, about=about, found=text)
