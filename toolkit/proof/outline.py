"""How a document is laid out: contents lines, headings, captions, annexes, and the numbers they carry."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.proof.document import Document, Paragraph, Place
from toolkit.proof.once import once
from toolkit.proof.searching import Searched
from toolkit.text.folding import fold, squeeze
from toolkit.text.numerals import chinese_numeral
from toolkit.text.patterns import Pattern

NUMERALS = "一二三四五六七八九十"
PROBLEMS = (
    "存在问题", "存在的问题", "主要问题", "存在的主要问题", "发现的问题", "发现的主要问题", "发现问题",
    "问题及原因", "主要不足", "存在不足", "存在的不足", "问题与不足",
)  # fmt: skip
"""What the chapter of problems is called."""
_CONTENTS_LINE = Pattern(
    r"^(?P<title>.*?\S)\s*(?:(?:[…⋯]|[.·．]{3})[…⋯.·．]*\s*|\t\s*|\s{2,})(?P<page>[0-9]{1,3}|[IVXivx]+)\s*$"
)
_SPACED = Pattern(r"^(?P<title>.*[\u4e00-\u9fff”）)]) (?P<page>[0-9]{1,3})\s*$")
"""As programs write a line of the contents that take its tab for a space; read as such only below 目录."""
_CAPTION = Pattern(
    r"^\s*(?P<sort>附表|附图|表|图)\s*(?P<number>[0-9]{1,3}|[一二三四五六七八九十]{1,3}(?![级年类季月]))"
    r"(?P<sub>(?:[-－–.．][0-9]+)+)?(?:[\s:：、.．　]|(?=[^0-9\s个项家份]|项目))"
)
_ANNEX = Pattern(
    r"^\s*附\s*[件录]\s*(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[:：\s、.．－-]+(?P<title>.*))?$"
)
_NOT_ENDING = "。；;，,、"
_WORDY = 60
"""A cell of so many characters is read as a paragraph."""
_FEWEST = 3
"""Fewer lines are no contents page."""
_LONGEST_CAPTION, _LONGEST_ANNEX = 80, 60


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A line of the contents page."""

    paragraph: Paragraph
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class Numbered:
    """A caption or the heading of an annex.

    Attributes:
        sort: 表, 图, 附表, 附图 or 附件.
        number: 0 where none is printed.
        chapter: of ``表2-1``, as printed: ``2-``; "" else.
        end: where the number ends in the text.
    """

    paragraph: Paragraph
    sort: str
    number: int
    chapter: str = ""
    start: int = 0
    end: int = 0


def numeral(text: str) -> int:
    """``3`` and ``三`` → 3; 0 for anything else."""
    if text.isdecimal():
        return int(text)
    value = chinese_numeral(text)
    return int(value) if value is not None else 0


@once
def contents_lines(document: Document) -> tuple[ContentsLine, ...]:
    """The lines of the contents page: those under 目录, else lines near one another that end in a page number."""
    return _contents_lines(document)


def _contents_lines(document: Document) -> tuple[ContentsLine, ...]:
    paragraphs = [paragraph for paragraph in document.paragraphs if paragraph.text.strip()]
    start = next((at for at, item in enumerate(paragraphs[:60]) if squeeze(item.text) == "目录"), None)
    lines = _under(paragraphs[start + 1 :]) if start is not None else _near(paragraphs)
    return lines if len(lines) >= _FEWEST else ()


def _under(paragraphs: list[Paragraph]) -> tuple[ContentsLine, ...]:
    """The lines from the first on, up to text that is none."""
    lines: list[ContentsLine] = []
    for paragraph in paragraphs:
        line = _contents_line(paragraph, headed=True)
        paged = any(earlier.page for earlier in lines)
        if line is None and (paged or not _is_title(paragraph.text, lines)):
            break
        lines.append(line or ContentsLine(paragraph, paragraph.text.strip(), 0))
    return _without_heading(lines)


def _without_heading(lines: list[ContentsLine]) -> tuple[ContentsLine, ...]:
    """The lines but for 摘要 or 前言 behind the annexes: there the text begins, with a heading that no number has."""
    annexed = len(lines) > 1 and _ANNEX_LINE.match(lines[-2].title)
    return tuple(lines[:-1] if annexed and squeeze(lines[-1].title) in _OPENING else lines)


_ANNEX_LINE = Pattern(r"\s*附\s*[件录表图]")
_OPENING = ("摘要", "报告摘要", "内容提要", "内容摘要", "前言", "引言", "正文")


def _is_title(text: str, lines: list[ContentsLine]) -> bool:
    short = len(text.strip()) <= _LONGEST_ANNEX and text.strip()[-1] not in _NOT_ENDING
    return short and all(line.title != text.strip() for line in lines)


def _near(paragraphs: list[Paragraph]) -> tuple[ContentsLine, ...]:
    found = [line for paragraph in paragraphs if (line := _contents_line(paragraph))]
    places = [line.paragraph.place.paragraph for line in found]
    return tuple(
        line for line, at in zip(found, places, strict=True) if any(0 < abs(at - other) <= 2 for other in places)
    )


def _contents_line(paragraph: Paragraph, *, headed: bool = False) -> ContentsLine | None:
    if len(paragraph.text) > 120:
        return None
    match = _CONTENTS_LINE.match(paragraph.text) or (_SPACED.match(paragraph.text) if headed else None)
    if match is None or not re.search(r"[\u4e00-\u9fff]", match["title"]):
        return None
    return ContentsLine(paragraph, match["title"].strip(), int(match["page"]) if match["page"].isdecimal() else 0)


@once
def body(document: Document) -> tuple[Paragraph, ...]:
    """All paragraphs with text but those of the contents page."""
    listed = {line.paragraph.place for line in contents_lines(document)}
    paragraphs = [item for item in document.paragraphs if item.text.strip() and item.place not in listed]
    return tuple(paragraphs)


def body_with(document: Document, *patterns: Pattern) -> Sequence[Paragraph]:
    """Those of :func:`body` in which one of some patterns may be found: the others lack a word that each needs."""
    return _searched_body(document).fitting(*patterns)


@once
def _searched_body(document: Document) -> Searched[Paragraph]:
    return Searched(body(document), [paragraph.text for paragraph in body(document)])


@once
def prose(document: Document) -> tuple[tuple[Place, str], ...]:
    """Paragraphs, and cells that hold whole sentences, as the forms of self-evaluation do."""
    cells = (cell for table in document.tables for row in table.rows for cell in row if len(cell.text) >= _WORDY)
    paragraphs = ((paragraph.place, paragraph.text) for paragraph in body(document))
    return (*paragraphs, *((cell.place, cell.text) for cell in cells))


def prose_with(document: Document, *patterns: Pattern) -> Sequence[tuple[Place, str]]:
    """Those of :func:`prose` in which one of some patterns may be found."""
    return _searched_prose(document).fitting(*patterns)


@once
def _searched_prose(document: Document) -> Searched[tuple[Place, str]]:
    return Searched(prose(document), [text for _, text in prose(document)])


def captions(document: Document) -> Iterator[Numbered]:
    """Captions of tables and pictures, in order."""
    for paragraph in body_with(document, _CAPTION):
        match = _CAPTION.match(paragraph.text)
        ends = paragraph.text.rstrip()[-1:]
        if match is None or len(paragraph.text) > _LONGEST_CAPTION or ends in _NOT_ENDING:
            continue
        number = numeral(match["number"])
        if number:
            last = match.end("sub") if match["sub"] else match.end("number")
            *upper, shown = [number, *map(int, re.findall("[0-9]+", match["sub"] or ""))]
            chapter = "".join(f"{part}-" for part in upper)
            yield Numbered(paragraph, match["sort"], shown, chapter, match.start("number"), last)


def annexes(document: Document) -> Iterator[Numbered]:
    """Headings of annexes, in order."""
    for paragraph in body_with(document, _ANNEX):
        text = paragraph.text.strip()
        match = _ANNEX.match(paragraph.text)
        if match is None or len(text) > _LONGEST_ANNEX or text[-1] in _NOT_ENDING:
            continue
        number = numeral(match["number"]) if match["number"] else 0
        start = match.start("number") if match["number"] else 0
        yield Numbered(paragraph, "附件", number, "", start, match.end("number") if match["number"] else 0)


def title_of(document: Document) -> str:
    """The title: the paragraphs before the first heading or the contents, at most four, joined."""
    words: list[str] = []
    for paragraph in document.paragraphs[:12]:
        text = paragraph.text.strip()
        if not text:
            continue
        if paragraph.level or squeeze(text) in ("目录", "前言", "摘要") or len(text) > 60 or len(words) == 4:
            break
        words.append(text)
    return fold("".join(words))
