"""A form's cells → label and value: the value stands to the right of its label, or below it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.earlier_forms.book import BELOW, NOT_USED, RIGHT, PrefillBook
from toolkit.earlier_forms.official import is_frame, is_label
from toolkit.excel.addresses import cell_name, parse_cell
from toolkit.excel.book import Book, Sheet, SheetState
from toolkit.excel.table import cell_text
from toolkit.model import NUMERIC_TYPES, Field, Project, Roster, Scheme
from toolkit.text.folding import compared, visible
from toolkit.text.numerals import read_figure

_LONGEST_LABEL = 24
_REACH, _MOST_LABELS, _LONGEST_VALUE = 14, 80, 4000
"""Columns and rows a value may stand away from its label; labels listed of one form; characters kept of a value."""
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_NO_LABEL = re.compile(r"其中|(?:目标|任务|指标)?[（(]?[0-9一二三四五六七八九十]+[）)]?")
NAME = "项目名称"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a form says for a field, as text, and where."""

    field: Field
    text: str
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class FormReading:
    """A form as read.

    Attributes:
        project: the one its 项目名称 names; None where the roster has no such name.
        named: what it names. labels: folded label nobody has mapped → as written, and where.
        unreadable: a field's value that is none, with its cell.
        ambiguous: fields for which the form says different things, each with all it says; none of them is proposed.
    """

    project: Project | None
    named: str
    proposals: tuple[Proposal, ...]
    labels: Mapping[str, tuple[str, str]]
    unreadable: tuple[Proposal, ...]
    ambiguous: tuple[tuple[Proposal, ...], ...] = ()


def read_form(book: Book, scheme: Scheme, roster: Roster, known: PrefillBook) -> FormReading:
    """Read every visible sheet; where places give a field different values, none counts and all are told."""
    found: dict[str, list[Proposal]] = {}
    unreadable: dict[str, Proposal] = {}
    labels: dict[str, tuple[str, str]] = {}
    named = ""
    fields = _by_name(scheme)
    names = ((each.dimension, each.group, each.name, each.target) for each in scheme.indicators)
    others = frozenset(compared(name) for own in names for name in own)
    others |= {compared(project.name) for project in roster.projects}
    for sheet in book.sheets:
        if sheet.state is not SheetState.VISIBLE:
            continue
        reader = _Sheet(sheet, fields, known, others)
        named = named or reader.beside(NAME)
        for proposal, is_read in reader.proposals():
            if is_read:
                found.setdefault(proposal.field.key, []).append(proposal)
            else:
                unreadable.setdefault(proposal.field.key, proposal)
        labels |= {label: at for label, at in reader.unmapped() if label not in labels}
    wanted = compared(named)
    project = next((project for project in roster.projects if wanted and compared(project.name) == wanted), None)
    wrong = tuple(problem for key, problem in unreadable.items() if key not in found)
    agreed = tuple(places[0] for places in found.values() if _agree(places))
    differing = tuple(tuple(places) for places in found.values() if not _agree(places))
    return FormReading(project, named, agreed, dict(list(labels.items())[:_MOST_LABELS]), wrong, differing)


def _agree(places: list[Proposal]) -> bool:
    """Whether all say the same, as a number where the field is one."""
    numeric = places[0].field.type in NUMERIC_TYPES
    texts = {each.text.removesuffix(each.field.unit) for each in places}
    figures = [read_figure(text) if numeric else None for text in texts]
    return (
        len({compared(text) if not figure else figure.value for text, figure in zip(texts, figures, strict=True)}) == 1
    )


def _by_name(scheme: Scheme) -> dict[str, Field]:
    fields = [field for field in scheme.fields if not field.table and not field.formula]
    return {compared(name): field for field in reversed(fields) for name in (*field.aliases, field.label, field.key)}


class _Sheet:
    """One sheet, its labels and what stands beside them."""

    def __init__(self, sheet: Sheet, fields: Mapping[str, Field], known: PrefillBook, others: frozenset[str]) -> None:
        self._sheet, self._fields, self._known, self._others = sheet, fields, known, others
        texts = {place: visible(cell_text(cell)).strip() for place, cell in sheet.cells.items()}
        self._texts = {place: text for place, text in texts.items() if text}
        self._values = frozenset(self._official_values())

    def _official_values(self) -> Iterator[tuple[int, int]]:
        """Places of what stands beside the labels of the official forms: values, no labels."""
        for place, text in self._texts.items():
            label, inside = _split(text)
            if not inside and (is_label(label) or compared(label) == compared(NAME)):
                beside = self._right(place) or self._below(place)
                if beside:
                    yield beside[0]

    def proposals(self) -> Iterator[tuple[Proposal, bool]]:
        """Every field named by a label, and whether its value can be read."""
        for place, text in sorted(self._texts.items()):
            label, inside = _split(text)
            field = self._field(label)
            if field is None:
                continue
            candidates = [(place, inside)] if inside else list(self._candidates(place, compared(label)))
            good = next(((at, value) for at, value in candidates if _suits(field, value)), None)
            at, value = good or next(iter(candidates), (place, ""))
            if value:
                yield Proposal(field, value[:_LONGEST_VALUE], self._sheet.name, cell_name(*at)), good is not None

    def beside(self, name: str) -> str:
        """The text to the right of a label, "" where there is none."""
        for place, text in sorted(self._texts.items()):
            label, inside = _split(text)
            if compared(label) == compared(name):
                return inside or next((value for _, value in self._candidates(place, compared(label))), "")
        return ""

    def unmapped(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Texts that look like labels with a value beside them and that nobody has mapped."""
        for place, text in sorted(self._texts.items()):
            label, inside = _split(text)
            name = compared(label)
            if not label or len(label) > _LONGEST_LABEL or name in self._known.mapping or self._field(label):
                continue
            if name in self._others or name == compared(NAME) or is_frame(label) or place in self._values:
                continue
            beside = inside or self._right(place) or (is_label(label) and self._below(place))
            if beside and read_figure(label) is None and any(map(str.isalpha, label)):
                yield name, (label, f"《{self._sheet.name}》{cell_name(*place)}")

    def _field(self, label: str) -> Field | None:
        for name in (compared(label), compared(_BRACKETS.sub("", label))):
            mapped = self._known.mapping.get(name, "")
            if mapped == NOT_USED:
                return None
            if mapped:
                return next((field for field in self._fields.values() if field.key == mapped), None)
            if name in self._fields:
                return self._fields[name]
        return None

    def _candidates(self, place: tuple[int, int], label: str) -> Iterator[tuple[tuple[int, int], str]]:
        way = self._known.ways.get(label, "")
        if way not in ("", RIGHT, BELOW):
            at = parse_cell(way)
            yield from [(at, self._texts[at])] if at in self._texts else []
            return
        if way != BELOW and (right := self._right(place)):
            yield right
        if way != RIGHT and (below := self._below(place)):
            yield below

    def _right(self, place: tuple[int, int]) -> tuple[tuple[int, int], str] | None:
        row, column = place
        at = next(((row, over) for over in range(column + 1, column + _REACH) if (row, over) in self._texts), None)
        return None if at is None or self._is_label(at) else (at, self._texts[at])

    def _below(self, place: tuple[int, int]) -> tuple[tuple[int, int], str] | None:
        row, column = place
        at = next(((under, column) for under in range(row + 1, row + 4) if (under, column) in self._texts), None)
        return None if at is None or self._is_label(at) else (at, self._texts[at])

    def _is_label(self, place: tuple[int, int]) -> bool:
        label, inside = _split(self._texts[place])
        known = self._field(label) is not None or compared(label) == compared(NAME)
        return not inside and (known or is_label(label) or is_frame(label))


def _split(text: str) -> tuple[str, str]:
    """``项目名称：某系统`` is label and value in one cell; a text that ends in a colon is a label alone.

    ``其中：财政拨款`` is one label, ``目标1：建成平台`` a value.
    """
    head, colon, _ = text.replace(":", "：").partition("：")
    if colon and not _NO_LABEL.fullmatch(head.strip()) and len(head) <= _LONGEST_LABEL and "\n" not in head:
        return head.strip(), text[len(head) + 1 :].strip()
    return text.strip(), ""


def _suits(field: Field, text: str) -> bool:
    if field.type not in NUMERIC_TYPES:
        return bool(text)
    figure = read_figure(text.removesuffix(field.unit))
    return figure is not None and figure.plain
