"""An indicator's 适用条件 over the roster's columns."""

from dataclasses import replace
from decimal import Decimal

from toolkit.model import Indicator, Project
from toolkit.rules import applies

INDICATOR = Indicator("A1", "产出", "", "等保测评", Decimal(5), "all_or_nothing", (), "=0", "=0", (), "")
PROJECT = Project(
    "7", 2023, "甲局", ("甲局",), "某平台", Decimal("286.5"), project_type="新建", attributes={"批次": "2", "备注": ""}
)


def when(condition: str) -> bool:
    return applies(replace(INDICATOR, applies_when=condition), PROJECT)


def test_without_condition_always():
    assert when("")


def test_by_type_amount_year_and_further_columns():
    assert when('=项目类型="新建"')
    assert not when('=OR(项目类型="运维",项目类型="服务类")')
    assert when("=AND(合同金额>=200,立项年度>=2022)")
    assert when("=批次=2")
    assert not when("=批次>2")


def test_a_condition_that_says_nothing_drops_nothing():
    assert when('=没有的列="新建"')
