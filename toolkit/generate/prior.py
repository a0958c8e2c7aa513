"""Last year's figures in this year's forms: coloured and to be verified until the unit has put its own there."""

from collections.abc import Collection
from dataclasses import replace

from toolkit.excel.addresses import cell_name
from toolkit.excel.template_plan import CellPlan
from toolkit.generate.sheet_planner import PlannedSheet
from toolkit.model import SlotRole

_WORDS = "橙色为上年数据，待核实：与本年不符的请直接改正，相符的不用动。"
_LONGEST_PROMPT = 255


def prior_name(key: str) -> str:
    """Defined name of the hidden cell that keeps last year's value of a slot: ``上年_预算资金``."""
    return f"上年_{key}"


def with_prior(planned: PlannedSheet, keys: Collection[str]) -> PlannedSheet:
    """The sheet with every input marked, as long as it holds last year's value, for which there may be one."""
    slots = {slot.cell: slot.key for slot in planned.slots if slot.key in keys and slot.role is SlotRole.INPUT}
    if not slots:
        return planned
    cells = {
        place: _marked(cell, slots[name]) if (name := cell_name(*place)) in slots else cell
        for place, cell in planned.plan.cells.items()
    }
    return replace(planned, plan=replace(planned.plan, cells=cells))


def _marked(cell: CellPlan, key: str) -> CellPlan:
    validation = cell.validation
    if validation is not None:
        validation = replace(validation, prompt=f"{_WORDS}{validation.prompt}"[:_LONGEST_PROMPT])
    return replace(cell, validation=validation, to_verify=prior_name(key))
