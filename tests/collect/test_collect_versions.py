"""Workbooks of an older template or scheme of the same evaluation: recognised, read, and not called tampered with."""

from dataclasses import replace
from decimal import Decimal

from tests.collect.returned import IDENTITY, clean, filled, place, read
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.collect import Outcome
from toolkit.excel.sheet_patch import patch_cells
from toolkit.generate import compile_collection
from toolkit.model import ReadState, Severity
from toolkit.resources import template_path

SHIPPED = "采集表模板.xlsx"


def older(scheme=None, *, retouched: bool = False):
    """What an older scheme or template made for the first project, with some cells filled in."""
    data = template_path(SHIPPED).read_bytes()
    if retouched:
        data = patch_cells(data, {("封面与填报说明", "A1"): "指标信息核查采集表（旧版式）"})
    made = compile_collection(data, scheme or SMALL_SCHEME, IDENTITY)
    slots = made.layout.slots
    typed = {"预算资金": Decimal(300), "实际到位资金": Decimal(290), "完成值_C101": Decimal(18)}
    changes = {(slots[key].sheet, slots[key].cell): value for key, value in typed.items()}
    return patch_cells(made.stamp(PROJECTS[0]), changes)


def old_scheme(**fields):
    """The small scheme as it was before: another hash, and one field or the indicators otherwise."""
    changed = tuple(replace(one, **fields.get(one.key, {})) for one in SMALL_SCHEME.fields)
    return replace(SMALL_SCHEME, sha256="4" * 64, fields=changed)


def only_version_notes(outcome: Outcome, code: str, severity: Severity) -> None:
    assert outcome.accepted, outcome.reason
    found = [note for note in outcome.submission.notes if note.code.startswith("IDENT")]
    assert [(note.code, note.severity) for note in found] == [(code, severity)]
    assert not outcome.submission.differences
    assert outcome.balance.holds


def test_an_older_template_is_one_note():
    outcome = read(older(retouched=True))
    only_version_notes(outcome, "IDENT-05", Severity.NOTE)
    assert outcome.submission.value("预算资金") == 300
    assert outcome.balance.unplaced == 0


def test_an_older_scheme_is_one_warning_and_its_formulas_are_left_to_us():
    scheme = old_scheme(预算执行率={"formula": '=IF(N(预算资金)=0,"",ROUND(实际支出资金/预算资金,4))'})
    outcome = read(older(scheme))
    only_version_notes(outcome, "IDENT-04", Severity.WARNING)
    assert outcome.submission.value("完成值_C101") == 18
    assert outcome.submission.readings["预算执行率"].state is ReadState.NOT_CALCULATED
    assert not outcome.submission.readings["预算执行率"].formula
    assert outcome.submission.readings["资金到位率"].formula


def test_an_amount_that_was_asked_for_in_another_unit_is_not_taken():
    outcome = read(older(old_scheme(预算资金={"unit": "元"})))
    only_version_notes(outcome, "IDENT-04", Severity.WARNING)
    assert outcome.submission.value("预算资金") is None
    assert outcome.submission.value("实际到位资金") == 290
    assert "READ-34" in {note.code for note in outcome.submission.notes}
    assert outcome.balance.unplaced == 1


def test_a_code_that_belonged_to_another_indicator_is_not_taken():
    indicators = tuple(
        replace(one, name="接入系统数") if one.code == "C101" else one for one in SMALL_SCHEME.indicators
    )
    outcome = read(older(replace(old_scheme(), indicators=indicators)))
    only_version_notes(outcome, "IDENT-04", Severity.WARNING)
    assert outcome.submission.value("完成值_C101") is None
    assert outcome.submission.value("预算资金") == 300


def test_a_field_under_another_label_is_found_by_its_key():
    """A label improved after 38 returns came in: no unit has to type anything again."""
    labels = {"预算资金": {"label": "全年预算数"}, "支付金额": {"label": "付款额"}}
    made = compile_collection(template_path(SHIPPED).read_bytes(), old_scheme(**labels), IDENTITY)
    typed = {"预算资金": Decimal(300), "支付明细_支付金额_1": Decimal(12)}
    changes = {(made.layout.slots[key].sheet, made.layout.slots[key].cell): value for key, value in typed.items()}
    outcome = read(patch_cells(made.stamp(PROJECTS[0]), changes))
    assert outcome.balance.unplaced == 0
    assert {key: outcome.submission.value(key) for key in typed} == typed


def test_a_label_that_named_another_unit_is_another_field():
    outcome = read(older(old_scheme(预算资金={"label": "预算资金（元）"})))
    assert outcome.submission.value("预算资金") is None
    assert outcome.balance.unplaced == 1


def test_the_present_version_says_nothing_and_is_compared():
    assert not read(clean()).submission.notes
    assert read(patch_cells(filled(), {place("资金到位率"): Decimal("0.9")})).submission.differences
