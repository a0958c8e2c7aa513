"""jixiao formula: eval and compare, as a person or a program types them."""

import json

import pytest
from typer.testing import CliRunner

from toolkit.cli.app import app


def typed(*words: str):
    return CliRunner().invoke(app, ["formula", *words])


@pytest.mark.parametrize(
    ("words", "value", "kind"),
    [
        (('=IF(到位=0,"",ROUND(支出/到位,4))', "支出=281.92", "到位=300"), "0.9397", "number"),
        (("-2^2",), "4", "number"),
        (("达标率>=0.9", "达标率=95%"), True, "boolean"),
        (('等级&"级"', "等级=优"), "优级", "text"),
        (("甲/乙", "甲=1", "乙="), "#DIV/0!", "error"),
        (("甲", "甲=#N/A"), "#N/A", "error"),
        (("UNICODE(1)",), "#NAME?", "error"),
    ],
)
def test_a_value_and_its_kind(words: tuple[str, ...], value: object, kind: str):
    result = typed("eval", *words, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"value": value, "type": kind})


def test_what_is_not_known_is_named_beside_the_error_value():
    result = typed("eval", 'UNICODE("a")&甲&乙', "乙=1")
    assert result.stdout == "#NAME?\n"
    assert "不支持的函数：UNICODE" in result.stderr
    assert "没有给出取值的名称：甲，" in result.stderr


@pytest.mark.parametrize(
    "words", [("eval", "1+"), ("eval", "ROUND(1)"), ("eval", "甲+1", "甲"), ("compare", "1+", "1")]
)
def test_a_mistake_is_one_of_usage(words: tuple[str, ...]):
    assert typed(*words).exit_code == 2


@pytest.mark.parametrize(
    ("found", "verdict", "words", "code"),
    [
        ("=支出/到位", "identical", "公式一致", 0),
        ("= 支出 / 到位 ", "equivalent", "公式等价，只是写法不同", 0),
        ("=支出/预算", "different", "分母应为 到位，现为 预算", 1),
        ("0.94", "constant", "应为公式 =支出/到位，现为固定值 0.94", 1),
    ],
)
def test_two_formulas_compared_in_words(found: str, verdict: str, words: str, code: int):
    result = typed("compare", "=支出/到位", found, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (code, {"verdict": verdict, "words": words})
    assert typed("compare", "=支出/到位", found).stdout == f"{words}\n"
