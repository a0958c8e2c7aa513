"""A template cell's text with its tags put together into one content."""

from collections.abc import Mapping

from toolkit.formula import FormulaSyntaxError, parse
from toolkit.generate.content import Content, Words
from toolkit.generate.tags import CellText


class UnknownTagError(LookupError):
    """A tag nobody knows, with a sentence about it."""


def resolve(text: CellText, words: Mapping[str, Words]) -> Content:
    """The content of one cell.

    A tag alone gives its own content. Tags among text give text, or a formula that joins them when one of them is live.

    Raises:
        UnknownTagError: a tag nobody knows, or a cell to be filled in that shares its cell with other text.
    """
    if text.only_tag:
        return lookup(text.only_tag, words)
    if len(text.parts) == 1 and isinstance(text.parts[0], str) and text.parts[0].startswith("="):
        return _own_formula(text.parts[0])
    parts = [Content(part) if isinstance(part, str) else lookup(part, words) for part in text.parts]
    if any(part.slot or part.spread for part in parts):
        raise UnknownTagError("填报格的标签必须独占一个单元格，不能与其他文字放在一起")
    same_as = next((part.same_as for part in parts if part.same_as), "")
    divisible = any(part.divisible for part in parts)
    shown = "".join(part.shown for part in parts) or None
    formula = "=" + "&".join(map(_operand, parts)) if any(part.formula for part in parts) else ""
    return Content(shown, formula, same_as=same_as, divisible=divisible)


def _own_formula(text: str) -> Content:
    """A formula the template brings along; it survives the unrolling of rows only when it is over names."""
    try:
        parsed = parse(text)
    except FormulaSyntaxError as error:
        raise UnknownTagError(f"公式写法有误：{error}") from error
    if parsed.cells:
        raise UnknownTagError("模板中的公式请使用字段名，不要使用单元格地址（行数会随指标增减而移动）")
    return Content(formula=text)


def lookup(tag: tuple[str, ...], words: Mapping[str, Words]) -> Content:
    """What one tag stands for.

    Raises:
        UnknownTagError: nobody knows it.
    """
    noun, word = tag[0], ".".join(tag[1:])
    known = words.get(noun)
    if known is None:
        raise UnknownTagError(f"不认识的标签“{'.'.join(tag)}”（此处可用：{'、'.join(words)}）")
    if word not in known:
        raise UnknownTagError(f"“{noun}”没有“{word}”这一项{_hint(word, known)}")
    return known[word]


def _hint(word: str, known: Words) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.4)
    return f"，是否想写“{near[0]}”" if near else f"（可用：{'、'.join(list(known)[:12])}）"


def _operand(part: Content) -> str:
    if part.formula:
        return part.formula.removeprefix("=")
    return '"' + part.shown.replace('"', '""') + '"'


def spread_over(content: Content, width: int) -> list[tuple[Content, int, int]]:
    """A content laid out over the columns of its tag's merged cell: (content, first column from 0, columns).

    With fewer contents than columns, the one that ``takes_rest`` is made wider; with more, the table runs on to the
    right.
    """
    if not content.spread:
        return [(content, 0, width)]
    left = max(0, width - len(content.spread))
    taker = next((number for number, one in enumerate(content.spread) if one.takes_rest), len(content.spread) - 1)
    result, column = [], 0
    for number, one in enumerate(content.spread):
        columns = 1 + (left if number == taker else 0)
        result.append((one, column, columns))
        column += columns
    return result
