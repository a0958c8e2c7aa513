"""A clean return of the small evaluation, and the context to read it in: what the damage is done to."""

from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache

from tests.small_scheme import PROJECTS, ROSTER, SMALL_SCHEME, TYPED
from toolkit.collect import CollectContext, Outcome, read_return
from toolkit.excel.addresses import parse_cell
from toolkit.excel.sheet_patch import patch_cells
from toolkit.generate import compile_collection, prefilled
from toolkit.model import FieldType, date_to_serial
from toolkit.model.identity import Identity
from toolkit.resources import template_path

IDENTITY = Identity("江海2024", b"k" * 32)


@cache
def template():
    """The collection template bound to the small scheme."""
    return compile_collection(template_path("采集表模板.xlsx").read_bytes(), SMALL_SCHEME, IDENTITY)


@cache
def context() -> CollectContext:
    known = {one.id: prefilled(SMALL_SCHEME, one) for one in PROJECTS}
    return CollectContext(SMALL_SCHEME, ROSTER, template().layout, known, IDENTITY.evaluation, IDENTITY.key)


def slot_key(key: str) -> str:
    """The slot a key of ``TYPED`` means: ``支付金额_1`` is the first row of that column."""
    slots = template().layout.slots
    return key if key in slots else next(one.key for one in slots.values() if f"{one.column}_{one.row}" == key)


def row(key: str) -> int:
    """The row a slot stands in."""
    return parse_cell(template().layout.slots[key].cell)[0]


def label(text: str, sheet: str = "资金情况") -> tuple[str, str]:
    """Sheet and address of the fixed cell with this text (its required-mark apart)."""
    fixed = template().layout.fixed
    return next(at for at, content in fixed.items() if at[0] == sheet and content.strip("* ") == text)


def place(key: str) -> tuple[str, str]:
    """Sheet and address of a slot in the workbook as generated."""
    slot = template().layout.slots[key]
    return slot.sheet, slot.cell


def typed(key: str, text: str):
    """What Excel stores when this is typed into the slot's cell."""
    kind = template().layout.slots[key].type
    if kind is FieldType.DATE:
        return date_to_serial(date.fromisoformat(text))
    if kind is FieldType.RATE:
        return Decimal(text.rstrip("%")) / 100
    try:
        return Decimal(text) if kind in (FieldType.AMOUNT, FieldType.NUMBER) else text
    except InvalidOperation:
        return text


@cache
def clean(project: int = 0) -> bytes:
    """The first project's workbook, everything filled in properly."""
    changes = {place(slot_key(key)): typed(slot_key(key), text) for key, text in TYPED.items()}
    return patch_cells(template().stamp(PROJECTS[project]), changes)


def filled(**cells) -> bytes:
    """The clean return with some slots holding something else."""
    return patch_cells(clean(), {place(key): content for key, content in cells.items()})


def read(data: bytes, name: str = "采集表.xlsx") -> Outcome:
    """Read a return of the small evaluation."""
    return read_return(data, name, context())
