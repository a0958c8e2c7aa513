"""The units of text of a document as it was just generated, read from its XML as text.

They are those that :mod:`toolkit.word.text_units` finds in parsed parts: going through a report node by node takes four
times as long. Paragraphs and rows with fields are parsed by themselves, and remembered, since the captions of one
template are the same in all its reports. What is unusual, such as text boxes or tables in tables, is left to the tree.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from toolkit.ooxml.relations import relations
from toolkit.word.figure_names import FIGURE, NAME_IN_TAG
from toolkit.word.figure_runs import FigureRuns
from toolkit.word.package import DOCUMENT, W, parse, plain_words, text_parts
from toolkit.word.text_units import CHART, DRAWING, TextUnit, chart_words, part_units, words_of_chart

Words = tuple[str, str]
"""Words and page numbers of a unit."""
_UNUSUAL = ("<w:fldSimple", "<w:txbxContent", "<w:tbl ", "<mc:")
_TABLE, _TABLE_END, _ROW_END, _PARAGRAPH_END = "<w:tbl>", "</w:tbl>", "</w:tr>", "</w:p>"
_BEGINS = {_ROW_END: re.compile("<w:tr[ >]"), _PARAGRAPH_END: re.compile("<w:p[ >]")}
_BOOKMARK = "<w:bookmarkStart "
_BOOKMARK_END = '<w:bookmarkEnd w:id="'
_FIGURE = re.compile(f'w:id="([^"]*)" w:name="{NAME_IN_TAG}"/>')
_FIGURE_SIGN = ' w:name="jx'
_TEXT_END = "</w:t>"
_SEEN = f"<w:t>{FIGURE}{_TEXT_END}<"
"""A figure's words, and what begins the rest of the tag that ends its bookmark."""
_FIELD, _FIELD_BEGINS, _FIELD_ENDS = "<w:fldChar ", 'w:fldCharType="begin"', 'w:fldCharType="end"'
_CHART = re.compile('<c:chart (?:[^>]* )?r:id="([^"]*)"')
_CHART_TEXT = re.compile("<(?:c:v|a:t)(?:/>|>([^<]*)</(?:c:v|a:t)>)")
_OWN_NAMES = tuple(f'xmlns:{prefix}="{space}"' for prefix, space in (("c", CHART), ("a", DRAWING)))


class _UnusualError(Exception):
    """The text holds something that only the tree tells."""


def unit_words(parts: Mapping[str, bytes], body: str, runs: FigureRuns) -> list[Words] | None:
    """Words and page numbers of all units, in the order of :func:`~toolkit.word.text_units.text_units`.

    Args:
        parts: all of the document.
        body: its XML.
        runs: those with figures, which the body does not hold itself.

    Returns:
        None for a document that has to be parsed.
    """
    try:
        others = (words for name in text_parts(parts)[1:] for words in _of_part(name, parts[name]))
        found = [*_of_body(body, runs), *others]
    except _UnusualError:
        return None
    return [words for words in found if words != ("", "")] + [(words, "") for words in _of_charts(parts, body)]


def _of_body(text: str, runs: FigureRuns) -> Iterator[Words]:
    start = text.find("<w:body>") + len("<w:body>")
    if text.count(W) != 1 or start < len("<w:body>") or any(sign in text for sign in _UNUSUAL):
        raise _UnusualError
    opening = text[text.index("<w:document") : start]
    waiting: list[str] = []
    for unit in _units(text[start:]):
        if _FIELD in unit or waiting:
            waiting.append(runs.in_full(unit))
            group = "".join(waiting)
            if group.count(_FIELD_BEGINS) == group.count(_FIELD_ENDS):
                yield from _parsed(opening, group)
                waiting.clear()
        else:
            yield _plain(runs.as_words(unit)), ""
    if waiting:
        raise _UnusualError


def _units(text: str) -> Iterator[str]:
    """The paragraphs outside tables and the rows of tables, each as its XML."""
    first, *tables = text.split(_TABLE)
    yield from _pieces(first, _PARAGRAPH_END)
    for piece in tables:
        table, end, behind = piece.partition(_TABLE_END)
        if not end:
            raise _UnusualError  # a table in a table
        yield from _pieces(table, _ROW_END)
        yield from _pieces(behind, _PARAGRAPH_END)


def _pieces(text: str, end: str) -> Iterator[str]:
    begins = _BEGINS[end]
    for piece in text.split(end)[:-1]:
        begun = begins.search(piece)
        if begun is None:
            raise _UnusualError
        yield piece[begun.start() :] + end


def _plain(unit: str) -> str:
    """The words of a unit without fields."""
    if _FIGURE_SIGN in unit:
        first, *begun = unit.split(_BOOKMARK)
        unit = first + "".join([_without_figure(piece) if _FIGURE_SIGN in piece else piece for piece in begun])
    # what stands in a text holds no tag, nor its end
    words = "".join([text[text.rfind(">") + 1 :] for text in unit.split(_TEXT_END)[:-1]])
    return "".join((plain_words(words) if "&" in words else words).split())


def _without_figure(begun: str) -> str:
    """What begins with the bookmark of a figure and ends before the next, with a sign in its place."""
    figure = _FIGURE.match(begun)
    _, end, behind = begun.partition(_BOOKMARK_END)
    if figure is None or not end or not behind.startswith(f'{figure[1]}"/>'):
        raise _UnusualError
    return f"{_SEEN}{behind}"


@lru_cache(2_000)
def _parsed(opening: str, units: str) -> tuple[Words, ...]:
    return tuple(map(_words, part_units(DOCUMENT, parse(f"{opening}{units}</w:body></w:document>".encode()))))


@lru_cache(100)
def _of_part(name: str, content: bytes) -> tuple[Words, ...]:
    """Of headers, footers and notes, which are the same in all reports of a template."""
    return tuple(map(_words, part_units(name, parse(content))))


def _words(unit: TextUnit) -> Words:
    return unit.words, unit.pages


def _of_charts(parts: Mapping[str, bytes], body: str) -> Iterator[str]:
    keys = _CHART.findall(body)
    targets = {key: target for key, (_, target) in relations(parts, DOCUMENT).items()} if keys else {}
    for part in (parts.get(targets.get(key, "")) for key in keys):
        if part is not None:
            text = part.decode()
            written = all(text.count(name) == 1 for name in (*_OWN_NAMES, CHART, DRAWING))
            yield chart_words(map(plain_words, _CHART_TEXT.findall(text))) if written else words_of_chart(parse(part))
