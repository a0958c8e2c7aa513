"""A template compiled once and stamped many times.

The parts that hold slots are cut at them once; a stamping joins the pieces with new cell contents and copies every
other member of the zip file as compressed bytes. Styles, validations, protection, pictures: what the template holds. A
picture can be a slot too: another one stands in its place then, of the same kind and size on the page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from lxml import etree

from toolkit.errors import TemplateError
from toolkit.excel.cell_xml import Cached, StampValue, text_xml, value_xml
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.pictures import named_pictures
from toolkit.excel.sheet_patch import Place, by_part, forget_calculation_chain
from toolkit.excel.sheet_tree import SheetTree, split_at_marks
from toolkit.ooxml.package import Member, deflate, stored, write_members
from toolkit.ooxml.parse import Element, children, parse_xml

SlotValue: TypeAlias = StampValue | Cached
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class _Slot(NamedTuple):
    """Where one value goes: what stands there in the template, and how a value is written."""

    name: str
    default: str
    write: Callable[[SlotValue], str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part cut at its slots: ``pieces[i]`` stands before ``slots[i]``, the last piece after all of them."""

    name: str
    pieces: tuple[str, ...]
    slots: tuple[_Slot, ...]

    def filled(self, values: Mapping[str, SlotValue]) -> bytes:
        texts = [""] * (2 * len(self.slots) + 1)
        texts[::2] = self.pieces
        texts[1::2] = [write(values[name]) if name in values else default for name, default, write in self.slots]
        return "".join(texts).encode("utf-8")


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture of the template that another one may stand in for."""

    slot: str
    default: Member


@dataclass(frozen=True, slots=True)
class Stamp:
    """A compiled template; safe to share between threads and to keep for a whole run.

    Attributes:
        slot_names: every slot that can be filled.
        picture_names: every picture that can be replaced.
    """

    slot_names: frozenset[str]
    members: tuple[Member | _Part | _Picture, ...]
    picture_names: frozenset[str] = frozenset()

    def fill(self, values: Mapping[str, SlotValue], pictures: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
        """A workbook with these values in its slots; a slot without a value stays as in the template.

        ``pictures`` are PNG files by the slot of the picture they replace.

        Texts never become formulas. A slot over a formula cell takes :class:`Cached`: the formula stays.
        The same values give the same bytes.

        Raises:
            TemplateError: a value for a slot that the template does not have.
            ValueError: a number or date that Excel cannot hold.
        """
        if unknown := (values.keys() - self.slot_names) | (pictures.keys() - self.picture_names):
            names = "、".join(sorted(unknown)[:5])
            raise TemplateError(f"模板中没有这些填写位置：{names}", what_to_do="请用当前方案重新生成模板")
        return write_members(_filled(member, values, pictures) for member in self.members)


def _filled(
    member: Member | _Part | _Picture, values: Mapping[str, SlotValue], pictures: Mapping[str, bytes]
) -> Member:
    if isinstance(member, _Part):
        return deflate(member.name, member.filled(values))
    if isinstance(member, _Picture):
        return stored(member.default.name, pictures[member.slot]) if member.slot in pictures else member.default
    return member


def compile_stamp(
    data: bytes,
    slots: Mapping[str, Place],
    *,
    properties: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    pictures: Mapping[str, str] = MappingProxyType({}),
) -> Stamp:
    """Cut a template at its slots.

    Args:
        data: the template workbook.
        slots: slot name → (sheet, ``"C5"``); the sheet may be very hidden, the cell need not stand in the file.
        properties: slot name → custom document property that exists in the template; values are written as text.
        names: slot name → defined name that exists in the template; values become its constant.
        pictures: slot name → name of a PNG in the template; it may stand there several times, or not at all.

    Raises:
        TemplateError: a sheet, address, property or name that does not exist, or one place with two slots.
        UnreadableFileError: the template cannot be read.
    """
    parts = WorkbookParts(data)
    cut = [_cut_sheet(parts, path, slots, cells) for path, cells in by_part(parts, _turned(slots)).items()]
    if properties:
        cut.append(_cut_properties(parts, properties))
    if names:
        cut.append(_cut_names(parts, names))
    contents: dict[str, bytes] = {}
    forget_calculation_chain(parts, contents)
    changed: dict[str, Member | _Part | _Picture] = {part.name: part for part in cut}
    changed |= {name: deflate(name, content) for name, content in contents.items()}
    replaced = {part: slot for slot, name in pictures.items() for part in named_pictures(parts, name)}
    changed |= {part: _Picture(slot, parts.members[part]) for part, slot in replaced.items()}
    members = tuple(changed.get(name, member) for name, member in parts.members.items())
    return Stamp(frozenset(slot.name for part in cut for slot in part.slots), members, frozenset(replaced.values()))


def _turned(slots: Mapping[str, Place]) -> dict[Place, str]:
    turned = {place: name for name, place in slots.items()}
    if len(turned) < len(slots):
        double = next(name for name, place in slots.items() if turned[place] != name)
        raise TemplateError(f"填写位置“{double}”与另一个位置指向同一单元格", what_to_do="请检查取数地址簿")
    return turned


def _cut_sheet(
    parts: WorkbookParts, path: str, slots: Mapping[str, Place], cells: Mapping[tuple[int, int], Place]
) -> _Part:
    tree = SheetTree(path, parts.contents[path])
    slot_names = {place: name for name, place in slots.items()}
    listed = list(cells)
    for number, place in enumerate(listed):
        tree.mark(tree.cell(*place), number, keeps_formula=False)
    pieces, marks = split_at_marks(tree.text())
    found = tuple(
        _Slot(slot_names[cells[listed[number]]], default, _cell_writer(formula)) for number, formula, default in marks
    )
    return _Part(path, tuple(pieces), found)


def _cell_writer(formula: str) -> Callable[[SlotValue], str]:
    return partial(value_xml, formula=formula) if formula else value_xml


def _cut_properties(parts: WorkbookParts, wanted: Mapping[str, str]) -> _Part:
    found = parts.custom_properties
    root = parse_xml(*found) if found else None
    elements = {item.get("name") or "": item for item in root} if root is not None else {}
    missing = [name for name in wanted.values() if name not in elements]
    if not found or root is None or missing:
        raise TemplateError(f"模板缺少自定义属性：{'、'.join(missing)}", what_to_do="请用当前方案重新生成模板")
    values = {slot: elements[name][0] for slot, name in wanted.items()}
    return _cut_texts(found[0], root, values, _as_text)


def _cut_names(parts: WorkbookParts, wanted: Mapping[str, str]) -> _Part:
    path, _ = parts.main
    root = parse_xml(path, parts.contents[path])
    items = [item for group in children(root, "definedNames") for item in children(group, "definedName")]
    elements = {item.get("name") or "": item for item in items if item.get("localSheetId") is None}
    missing = [name for name in wanted.values() if name not in elements]
    if missing:
        raise TemplateError(f"模板缺少定义名称：{'、'.join(missing)}", what_to_do="请用当前方案重新生成模板")
    return _cut_texts(path, root, {slot: elements[name] for slot, name in wanted.items()}, _constant)


def _cut_texts(path: str, root: Element, elements: Mapping[str, Element], write: Callable[[SlotValue], str]) -> _Part:
    """Cut a part at the texts of some elements, found again by a fence that no text in the part contains."""
    whole = etree.tostring(root, encoding="unicode")
    fence = "@@"
    while fence in whole:
        fence += "@"
    defaults = {slot: text_xml(element.text or "") for slot, element in elements.items()}
    for number, element in enumerate(elements.values()):
        element.text = f"{fence}{number}{fence}"
    text = _DECLARATION + etree.tostring(root, encoding="unicode")
    fields = text.split(fence)
    order = [list(elements)[int(number)] for number in fields[1::2]]
    return _Part(path, tuple(fields[::2]), tuple(_Slot(slot, defaults[slot], write) for slot in order))


def _as_text(value: SlotValue) -> str:
    return text_xml(_text(value))


def _text(value: SlotValue) -> str:
    plain = value.value if isinstance(value, Cached) else value
    return "" if plain is None else str(plain)


def _constant(value: SlotValue) -> str:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return _text(value)
    return text_xml('"' + _text(value).replace('"', '""') + '"')
