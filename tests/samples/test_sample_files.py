"""The samples are what their sources say, and complete: nothing a run of them would stumble over."""

from collections import Counter
from decimal import Decimal

import pytest
from evaluations import NAMES, SAMPLES, Evaluation, evaluation, sheet_rows

from toolkit.excel.read import read_workbook
from toolkit.formula import compile_formula
from toolkit.formula.fields import field_values
from toolkit.generate import compile_collection
from toolkit.model import FieldType, ScoredObject, Severity, SlotRole
from toolkit.model.identity import Identity
from toolkit.resources import template_path
from toolkit.rules import applies
from toolkit.scheme import lint_scheme

INDICATORS = {
    "jiangsu-2022": 30,
    "nanchang-2022": 39,
    "nantong-2024": 40,
    "suzhou-anhui-2023": 19,
    "suzhou-jiangsu-2023": 17,
}
PROJECTS = {name: {"nantong-2024": 39, "suzhou-anhui-2023": 17}.get(name, 1) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_excel_files_are_what_the_sources_make(name: str):
    from make_samples import read_sources, sample_files

    sheets = set(read_sources(SAMPLES / name))
    for file, data in sample_files(SAMPLES / name).items():
        lies, made = (_contents(one, sheets) for one in ((SAMPLES / name / file).read_bytes(), data))
        assert lies == made, f"{name}/{file}: run samples/make_samples.py"


def test_the_nantong_returns_are_what_the_profiles_make():
    from make_nantong_returns import FOLDER, returns_text

    assert (FOLDER / "returns.md").read_text(encoding="utf-8") == returns_text(), "run samples/make_nantong_returns.py"


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_reads_without_a_mistake(name: str):
    one = evaluation(name)
    errors = [found for found in (*one.findings, *lint_scheme(one.scheme)) if found.severity is Severity.ERROR]
    assert not errors
    assert len(one.scheme.indicators) == INDICATORS[name]
    assert len(one.roster.projects) == PROJECTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_full_marks_add_up_to_the_declared_total(name: str):
    scheme = evaluation(name).scheme
    assert scheme.total_mark == (80 if name == "suzhou-jiangsu-2023" else 100)
    assert sum(one.full_mark for one in scheme.indicators) == scheme.total_mark


@pytest.mark.parametrize("name", NAMES)
def test_every_return_is_judged_with_reason_evidence_and_two_people_and_nothing_else_is(name: str):
    one = evaluation(name)
    whole = one.scheme.scored_object is ScoredObject.WHOLE
    projects = ["整体"] if whole else list(one.typed)
    judged = {(opinion.project, opinion.indicator, opinion.item) for opinion in one.opinions}
    for indicator in one.scheme.indicators:
        for value in indicator.inputs:
            if value.by_evaluator:
                assert {(project, indicator.code, value.local) for project in projects} <= judged
    for opinion in one.opinions:
        assert opinion.project in projects
        assert opinion.reason
        assert opinion.evidence
        assert opinion.evaluator not in ("", opinion.reviewer)
        assert opinion.reviewer


@pytest.mark.parametrize("name", NAMES)
def test_units_type_into_cells_that_exist(name: str):
    one = evaluation(name)
    cells = set(_layout(one).slots)
    for typed in one.typed.values():
        slots = {_slot_key(one, key) for key in typed}
        assert slots <= cells, sorted(slots - cells)[:5]


def test_nantong_units_fill_every_cell_asked_of_them():
    one = evaluation("nantong-2024")
    asked = [slot for slot in _layout(one).slots.values() if slot.required and slot.role is SlotRole.INPUT]
    for project in (project for project in one.roster.projects if project.id in one.typed):
        out = {indicator.code for indicator in one.scheme.indicators if not applies(indicator, project)}
        wanted = {slot.key for slot in asked if slot.indicator not in out and not slot.table}
        assert wanted <= set(one.typed[project.id]), project.name


def test_nantong_returns_satisfy_every_cross_check_before_mistakes_are_made():
    one = evaluation("nantong-2024")
    for project, submission in one.submissions().items():
        values = field_values(one.scheme, submission, {}).values
        for check in one.scheme.cross_checks:
            if "审计核减后合同金额" in check.formula and submission.value("审计核减后合同金额") is None:
                continue
            assert compile_formula(check.formula).evaluate(values) is True, (project, check.code)


def test_about_a_quarter_of_the_nantong_units_make_a_mistake_each_of_another_kind():
    heading, *rows = sheet_rows("nantong-2024", "填报.xlsx", "填报习惯")
    mistakes = Counter(row[heading.index("差错")] for row in rows)
    assert mistakes.pop("") >= 25
    assert set(mistakes.values()) == {1}
    assert {"金额带单位", "元当万元", "累计支付超合同", "非工作簿"} <= set(mistakes)


def test_nantong_uses_every_rule_kind_and_keeps_outputs_and_effects_above_sixty_percent():
    scheme = evaluation("nantong-2024").scheme
    assert len({one.rule_kind for one in scheme.indicators}) == 18
    marks = scheme.dimensions()
    assert marks["产出"] + marks["效益"] >= Decimal("0.6") * scheme.total_mark


def _contents(data: bytes, sheets: set[str]) -> dict[str, dict[object, tuple[object, object]]]:
    """The sheets that have a source; what the writer adds around them (an empty sheet to fill in) may change."""
    return {
        sheet.name: {at: (cell.value, cell.formula) for at, cell in sheet.cells.items() if cell.value is not None}
        for sheet in read_workbook(data).sheets
        if sheet.name in sheets
    }


def _layout(one: Evaluation):
    identity = Identity("样例", b"0" * 32)
    return compile_collection(template_path("采集表模板.xlsx").read_bytes(), one.scheme, identity).layout


def _slot_key(one: Evaluation, key: str) -> str:
    column, _, row = key.rpartition("_")
    field = one.scheme.field(column)
    return f"{field.table}_{key}" if field and field.table and row.isdigit() else key


def test_amounts_are_typed_as_plain_numbers():
    one = evaluation("nantong-2024")
    amounts = [field.key for field in one.scheme.fields if field.type is FieldType.AMOUNT and not field.formula]
    for typed in one.typed.values():
        assert all(Decimal(typed[key]).is_finite() for key in amounts if key in typed)


@pytest.mark.parametrize("name", NAMES)
def test_units_name_the_file_of_every_evidence_they_give(name: str):
    """A published evaluation is no sloppy return: its report would list gaps that no document ever had."""
    for project, typed in evaluation(name).typed.items():
        given = [key for key, text in typed.items() if key.startswith("佐证提供_") and text == "已提供"]
        unnamed = [key for key in given if not typed.get(key.replace("佐证提供_", "佐证文件名_"))]
        assert not unnamed, project
