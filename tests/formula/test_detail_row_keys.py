"""Keys of cells of repeated tables as people may write them: a column and a row, or nothing."""

import pytest

from tests.small_scheme import SMALL_SCHEME
from toolkit.formula.detail_rows import column_of
from toolkit.pipeline.plan.prior import field_of


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("支付明细_支付金额_1", 1), ("支付明细_支付金额_12", 12), ("支付明细_支付金额_03", 3),
        ("支付明细_支付金额_0", 0), ("支付明细_支付金额_", 0), ("支付明细_支付金额_²", 0), ("支付明细_支付金额_-1", 0),
        (f"支付明细_支付金额_{'9' * 5000}", 0), ("支付金额_1", 0), ("支付明细_合同_1", 0), ("", 0),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_a_key_names_a_cell_of_a_table_or_nothing(key: str, row: int) -> None:
    found = column_of(SMALL_SCHEME, key)
    assert (found and found[0].key, found[1] if found else 0) == ("支付金额" if row else None, row)
    assert field_of(SMALL_SCHEME, key)[1] == row


def test_a_key_outside_tables_is_a_field_of_its_own() -> None:
    field, row = field_of(SMALL_SCHEME, "预算资金")
    assert (field and field.key, row) == ("预算资金", 0)
