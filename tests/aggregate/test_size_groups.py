"""Sizes of contracts, as a report names them."""

from dataclasses import replace

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.aggregate.groups import _sizes


@pytest.mark.parametrize(
    ("unit", "given", "names"),
    [
        ("万元", "", ["400万元（含）以上", "100万元（含）以上、400万元以下", "100万元以下"]),
        ("元", "", ["400万元（含）以上", "100万元（含）以上、400万元以下", "100万元以下"]),
        ("元", "5000、25000", ["25000元（含）以上", "5000元（含）以上、25000元以下", "5000元以下"]),
    ],
)
def test_sizes_are_named_as_people_name_amounts(unit: str, given: str, names: list[str]) -> None:
    scheme = replace(SMALL_SCHEME, money_unit=unit, settings={**SMALL_SCHEME.settings, "合同规模分档": given})
    assert [group.name for group in _sizes(scheme)] == names
