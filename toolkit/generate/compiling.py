"""A template bound to a scheme, once: the workbook all projects share, its layout, and a project's own cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from types import MappingProxyType

from toolkit.excel.addresses import column_letters
from toolkit.excel.template_compile import build_workbook
from toolkit.excel.template_plan import BookPlan
from toolkit.excel.template_read import LoadedTemplate, load_template, read_template
from toolkit.generate.bands import BandSource
from toolkit.generate.choice_lists import choice_lists
from toolkit.generate.expand import (
    ParsedSheet,
    asks_nothing,
    asks_something,
    parse_sheet,
    unroll,
    with_further_sections,
)
from toolkit.generate.general_words import PROTECTED_BY, general_words
from toolkit.generate.prior import prior_name, with_prior
from toolkit.generate.problems import TemplateProblem, refuse
from toolkit.generate.project_facts import facts_of, project_name
from toolkit.generate.sheet_planner import PlannedSheet, plan_sheet
from toolkit.model import Layout, Scheme, Slot, SlotRole, TableArea
from toolkit.model.identity import (
    IDENTITY_CELLS,
    IDENTITY_NAME,
    IDENTITY_PROPERTY,
    IDENTITY_SHEET,
    RECALCULATED_NAME,
    template_version,
)

_DEFAULT_COLORS = {SlotRole.INPUT: "FFF9DB", SlotRole.PREFILLED: "DDEBF7", SlotRole.CALCULATED: "EDEDED"}
_IDENTITY_LABELS = ("评价任务", "项目序号", "方案指纹", "模板版本", "校验码", "完整标识")
_FIRST_FACT_ROW = 12
_RECALCULATED_CELL = "B9"
_FIRST_LIST_COLUMN = 4
_LONGEST_FORMULA = 8192


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """The shared workbook.

    Attributes:
        data: the workbook without any project's values.
        layout: where everything stands.
        facts: project fact → cell of the hidden sheet.
        live: (sheet, address) → formula of the cells that show project facts.
        prior: slot key → cell of the hidden sheet that keeps last year's value.
    """

    data: bytes
    layout: Layout
    facts: Mapping[str, str]
    live: Mapping[tuple[str, str], str]
    prior: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def compile_template(template: bytes, scheme: Scheme, prior: frozenset[str] = frozenset()) -> CompiledTemplate:
    """Bind a template to a scheme; ``prior`` names the slots for which some project has a value of last year.

    Raises:
        TemplateError: the template has mistakes; all of them are named.
    """
    book = load_template(template)
    planned, problems = plan_template(template, scheme, book)
    if problems:
        raise refuse(problems)
    planned = [with_prior(sheet, prior) for sheet in planned]
    lists = choice_lists(scheme)
    facts = {fact: f"B{row}" for row, fact in enumerate(facts_of(scheme), start=_FIRST_FACT_ROW)}
    names = dict(chain.from_iterable(sheet.names.items() for sheet in planned))
    kept = _kept(planned, _FIRST_FACT_ROW + len(facts) + 1)
    names |= _hidden_names(facts, lists) | {prior_name(key): _hidden_reference(cell) for key, cell in kept.items()}
    plan = BookPlan(
        tuple(sheet.plan for sheet in planned),
        names,
        frozenset({IDENTITY_NAME, RECALCULATED_NAME, *lists.values(), *map(prior_name, kept)}),
        (IDENTITY_SHEET, _hidden_cells(facts, lists) | {f"A{cell[1:]}": prior_name(key) for key, cell in kept.items()}),
        {IDENTITY_PROPERTY: "-"},
        scheme.settings.get(PROTECTED_BY, ""),
    )
    layout = _layout(template, scheme, planned)
    live = {place: text for place, text in layout.fixed.items() if text.startswith("=") and "项目_" in text}
    return CompiledTemplate(build_workbook(template, plan, book), layout, facts, live, kept)


def _kept(planned: list[PlannedSheet], first_row: int) -> dict[str, str]:
    """Slot key → hidden cell that keeps last year's value, for the slots that may have one."""
    marked = (cell.to_verify for sheet in planned for _, cell in sorted(sheet.plan.cells.items()) if cell.to_verify)
    names = {prior_name(slot.key): slot.key for sheet in planned for slot in sheet.slots}
    return {names[name]: f"B{row}" for row, name in enumerate(marked, start=first_row)}


def plan_template(
    template: bytes, scheme: Scheme, book: "LoadedTemplate | None" = None
) -> tuple[list[PlannedSheet], list[TemplateProblem]]:
    """All sheets laid out, and everything that is wrong with the template; ``book``: the template loaded already."""
    found = with_further_sections([parse_sheet(sheet) for sheet in read_template(template, book)], scheme)
    source = BandSource(scheme, _explicit(found, scheme), {})
    parsed = [sheet for sheet in found if not asks_nothing(sheet, source)]
    general = general_words(scheme, [sheet.sheet.name for sheet in parsed if asks_something(sheet)])
    colors = _colors(parsed)
    planned: dict[str, PlannedSheet] = {}
    problems: list[TemplateProblem] = []
    # The self-check counts what the other sheets ask for, so its sheet is laid out last.
    for one in sorted(parsed, key=_is_self_check):
        known = replace(source, required=_required(parsed, planned))
        rows, mistakes = unroll(one, known)
        planned[one.sheet.name] = plan_sheet(one, rows, general, colors, choice_lists(scheme))
        problems += [*mistakes, *planned[one.sheet.name].problems]
    ordered = [planned[sheet.sheet.name] for sheet in parsed]
    return ordered, problems + _too_long(ordered) + _whole_book_problems(ordered, scheme)


def _too_long(planned: list[PlannedSheet]) -> list[TemplateProblem]:
    # Excel calls a workbook with a longer formula damaged.
    return [
        TemplateProblem(sheet.plan.name, row, column, "公式超过 Excel 的 8192 个字符，请把该表的必填项分到两张表")
        for sheet in planned
        for (row, column), cell in sheet.plan.cells.items()
        if len(cell.formula) > _LONGEST_FORMULA
    ]


def _is_self_check(parsed: ParsedSheet) -> bool:
    return any(tag.noun in ("表", "勾稽") for text in parsed.texts.values() for tag in text.row_tags)


def _explicit(parsed: list[ParsedSheet], scheme: Scheme) -> frozenset[str]:
    tags = {part for sheet in parsed for text in sheet.texts.values() for part in text.parts if isinstance(part, tuple)}
    fields = {tag[1] for tag in tags if tag[0] == "字段" and len(tag) == 2}
    bands = {tag.words[0] for sheet in parsed for text in sheet.texts.values() for tag in text.row_tags if tag.words}
    return frozenset(fields | (bands & scheme.tables().keys()))


def _colors(parsed: list[ParsedSheet]) -> dict[SlotRole, str]:
    colors = dict(_DEFAULT_COLORS)
    for sheet in parsed:
        for place, text in sheet.texts.items():
            tag = text.only_tag
            if tag and tag[0] == "图例" and sheet.sheet.cells[place].fill:
                colors |= {role: sheet.sheet.cells[place].fill for role in SlotRole if role.value == tag[-1]}
    return colors


def _required(parsed: list[ParsedSheet], planned: Mapping[str, PlannedSheet]) -> dict[str, tuple[Slot, ...]]:
    required = {}
    for one in parsed:
        sheet = planned.get(one.sheet.name)
        slots = tuple(slot for slot in sheet.slots if slot.required) if sheet else ()
        if slots:
            required[one.sheet.name] = slots
    return required


def _whole_book_problems(planned: list[PlannedSheet], scheme: Scheme) -> list[TemplateProblem]:
    slots = [slot for sheet in planned for slot in sheet.slots]
    placed = {slot.key for slot in slots} | {slot.column for slot in slots}
    missing = [field for field in scheme.fields if field.key not in placed]
    problems = [
        TemplateProblem(
            field.section,
            0,
            0,
            f"模板没有放置字段“{field.key}”，请加上 {{{{# 字段 {field.section} }}}} 或 {{{{ 字段.{field.key} }}}}",
        )
        for field in missing
    ]
    seen: set[str] = set()
    for slot in slots:
        if slot.key in seen:
            problems.append(TemplateProblem(slot.sheet, 0, 0, f"填报格“{slot.key}”放置了两次"))
        seen.add(slot.key)
    return problems


def _hidden_names(facts: Mapping[str, str], lists: Mapping[tuple[str, ...], str]) -> dict[str, str]:
    names = {IDENTITY_NAME: '"-"', RECALCULATED_NAME: _hidden_reference(_RECALCULATED_CELL)}
    names |= {project_name(fact): _hidden_reference(cell) for fact, cell in facts.items()}
    for column, (answers, name) in enumerate(lists.items(), start=_FIRST_LIST_COLUMN):
        letters = column_letters(column)
        names[name] = f"'{IDENTITY_SHEET}'!${letters}$2:${letters}${len(answers) + 1}"
    return names


def _hidden_reference(cell: str) -> str:
    return f"'{IDENTITY_SHEET}'!${cell[0]}${cell[1:]}"


def _hidden_cells(facts: Mapping[str, str], lists: Mapping[tuple[str, ...], str]) -> dict[str, str]:
    cells = {"A1": "本表由程序使用，请勿修改", "A9": "重算标记", _RECALCULATED_CELL: '=IF(1+1=2,"已重算","")'}
    cells |= {f"A{cell[1:]}": label for label, cell in zip(_IDENTITY_LABELS, IDENTITY_CELLS.values(), strict=True)}
    cells |= {f"A{cell[1:]}": fact for fact, cell in facts.items()}
    for column, (answers, name) in enumerate(lists.items(), start=_FIRST_LIST_COLUMN):
        letters = column_letters(column)
        cells[f"{letters}1"] = name
        cells |= {f"{letters}{row}": answer for row, answer in enumerate(answers, start=2)}
    return cells


def _layout(template: bytes, scheme: Scheme, planned: list[PlannedSheet]) -> Layout:
    slots = {slot.key: slot for sheet in planned for slot in sheet.slots}
    fixed = {(sheet.plan.name, cell): text for sheet in planned for cell, text in sheet.fixed.items()}
    return Layout(
        version=f"{template_version(template)}/{scheme.sha256[:16]}",
        slots=MappingProxyType(slots),
        tables=MappingProxyType(_tables(slots)),
        fixed=MappingProxyType(fixed),
        sheets=(*(sheet.plan.name for sheet in planned), IDENTITY_SHEET),
    )


def _tables(slots: Mapping[str, Slot]) -> dict[str, TableArea]:
    by_table: dict[str, list[Slot]] = {}
    for slot in slots.values():
        if slot.table:
            by_table.setdefault(slot.table, []).append(slot)
    tables = {}
    for name, members in by_table.items():
        rows = [int("".join(char for char in slot.cell if char.isdigit())) for slot in members]
        columns = {slot.column: slot.cell.rstrip("0123456789") for slot in members if slot.row == 1}
        tables[name] = TableArea(name, members[0].sheet, min(rows), max(rows), MappingProxyType(columns))
    return tables
