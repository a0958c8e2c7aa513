"""What a request may say, and what is said of one that may not."""

from datetime import date, datetime
from pathlib import Path

import pytest

from toolkit.operations import OPERATIONS, BadRequest, Kind, operation

NOW = datetime(2026, 1, 5).astimezone()


def silent(_stage: str, _done: int, _total: int, /, item: str = "") -> None:
    """Listen to nothing."""


def test_every_name_is_declared_once_and_in_chinese_words() -> None:
    assert len({one.name for one in OPERATIONS}) == len(OPERATIONS)
    for one in OPERATIONS:
        assert one.title, one.name
        assert one.help.endswith("。"), one.name
        assert all(parameter.label and parameter.help for parameter in one.parameters), one.name


def test_values_come_in_the_kinds_that_are_declared() -> None:
    given = {"project": "3", "code": "FUND-01", "by": "甲", "reason": "已核对", "waive": True, "until": "2026-12-31"}
    asked = operation("resolve").asked(Path("w"), given, NOW, silent)
    assert asked["until"] == date(2026, 12, 31)
    assert asked["waive"] is True
    assert asked["accept"] is False
    assert asked["cell"] == ""
    assert operation("collect").asked(Path(), {"paths": ["a", "b"]}, NOW, silent)["paths"] == (Path("a"), Path("b"))


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(BadRequest) as fault:
        operation("resolve").asked(Path(), {"until": "2026-02-30", "waive": "是", "foo": 1}, NOW, silent)
    words = str(fault.value)
    assert words.startswith("问题销号：")
    for part in ("没有参数“foo”", "请填写“项目序号”", "年-月-日", "“豁免”应是"):
        assert part in words


def test_an_unknown_operation_is_refused_by_name() -> None:
    with pytest.raises(BadRequest, match="没有操作“explode”"):
        operation("explode")


def test_kinds_cover_every_parameter() -> None:
    assert {parameter.kind for one in OPERATIONS for parameter in one.parameters} <= set(Kind)
