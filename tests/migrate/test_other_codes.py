"""Indicators whose code changed: known by their names, asked, carried only when confirmed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.collect.returned import IDENTITY, context, template
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.collect.opening import open_return
from toolkit.collect.recoded import Recoding, other_codes, read_old_form, read_recoded
from toolkit.errors import WorkspaceError
from toolkit.excel.sheet_patch import patch_cells
from toolkit.generate import compile_collection
from toolkit.migrate import Filled, OtherCode, carry
from toolkit.model import Indicator, date_to_serial
from toolkit.pipeline.intake.migrating import _confirmed
from toolkit.resources import template_path
from toolkit.text.slot_keys import under_codes

BEFORE = {"C101": "C109", "C102": "C101"}
"""Today's code → the code then: C101 means another indicator today."""
TODAY = {"C109": "C101", "C101": "C102"}
TYPED = {"完成值_C109": Decimal(18), "说明_C109": "十八个部门", "完成日期_C101": date_to_serial(date(2024, 3, 5))}
NAMES = [("C109", "接入部门数", "C101"), ("C101", "按期完成", "C102")]


def as_before(indicator: Indicator) -> Indicator:
    """An indicator with its code of then, in its keys and formulas too."""
    code = BEFORE.get(indicator.code, indicator.code)
    inputs = tuple(replace(one, key=under_codes(one.key, BEFORE)) for one in indicator.inputs)
    formula = indicator.bound_formula.replace(f"_{indicator.code}", f"_{code}")
    return replace(indicator, code=code, inputs=inputs, bound_formula=formula)


@cache
def old_form() -> bytes:
    indicators = tuple(map(as_before, SMALL_SCHEME.indicators))
    scheme = replace(SMALL_SCHEME, sha256="7" * 64, indicators=indicators)
    made = compile_collection(Path(template_path("采集表模板.xlsx")).read_bytes(), scheme, IDENTITY)
    slots = made.layout.slots
    return patch_cells(
        made.stamp(PROJECTS[0]), {(slots[key].sheet, slots[key].cell): value for key, value in TYPED.items()}
    )


def migrated(codes: dict[str, str]):
    """What is carried by key, why the rest stays, and what is asked."""
    rows, others = read_old_form(old_form(), "旧.xlsx", context())
    asked = [each for each in (OtherCode(*row) for row in others) if codes.get(each.old) != each.new]
    outcome = read_recoded(old_form(), "旧.xlsx", Recoding(context(), codes))
    done = carry(template().layout, outcome.submission, [Filled(*row) for row in rows], codes, asked)
    carried = {line.key: (line.value, line.reason) for line in done.carried}
    return carried, {left.name: left.reason for left in done.left}, [each.old for each in asked]


def test_they_are_found_by_name():
    assert sorted(other_codes(open_return(old_form(), "旧.xlsx").book, SMALL_SCHEME)) == sorted(NAMES)
    assert other_codes(open_return(template().stamp(PROJECTS[0]), "新.xlsx").book, SMALL_SCHEME) == ()


def test_unconfirmed_nothing_goes_from_one_code_to_another_and_the_log_asks():
    carried, left, asked = migrated({})
    assert not {"完成值_C101", "说明_C101", "完成日期_C102"} & carried.keys()
    assert left["完成值_C109"] == "新方案中同名指标“接入部门数”的编码是C101，未经确认，没有带入"
    assert "“按期完成”的编码是C102" in left["完成日期_C101"]
    assert sorted(asked) == ["C101", "C109"]


def test_confirmed_the_answers_stand_under_todays_code():
    carried, left, asked = migrated(TODAY)
    assert carried["完成值_C101"][0].startswith("18")
    assert "指标编码由C109改为C101（已确认）" in carried["完成值_C101"][1]
    assert carried["说明_C101"][0] == "十八个部门"
    assert carried["完成日期_C102"][0] == "2024年3月5日"
    assert not {"完成值_C109", "说明_C109", "完成日期_C101"} & left.keys()
    assert asked == []


def test_half_confirmed_the_code_that_is_taken_says_nothing_any_more():
    carried, left, asked = migrated({"C109": "C101"})
    assert carried["完成值_C101"][0].startswith("18")
    assert "完成日期_C102" not in carried
    assert "完成日期_C101" in left
    assert asked == ["C101"]


def test_a_name_that_two_indicators_bear_is_not_asked():
    doubled = tuple(replace(one, name="接入部门数") if one.code == "D101" else one for one in SMALL_SCHEME.indicators)
    found = other_codes(open_return(old_form(), "旧.xlsx").book, replace(SMALL_SCHEME, indicators=doubled))
    assert [code for code, *_ in found] == ["C101"]


@pytest.mark.parametrize("text", ["A101", "C109=", "=C101", "C109=Z999", "C109=C101=C102", "C109=C101、C109=C102",
                                  "C109=C101，C108=C101"])  # fmt: skip
def test_what_cannot_be_meant_is_refused(text: str):
    with pytest.raises(WorkspaceError, match="换了编码"):
        _confirmed(text, SimpleNamespace(scheme=SMALL_SCHEME))


def test_every_way_to_write_the_pairs():
    for text in ("C109=C101、C101=C102", "C109=C101 C101=C102", " C109=C101；C101=C102, "):
        assert _confirmed(text, SimpleNamespace(scheme=SMALL_SCHEME)) == TODAY
    assert _confirmed("", SimpleNamespace(scheme=SMALL_SCHEME)) == {}
    assert under_codes("要点1_C101", {"C101": "C102", "C102": "C101"}) == "要点1_C102"
