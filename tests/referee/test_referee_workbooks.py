"""LibreOffice as referee of whole evaluations: every formula of generated, returned and master workbooks.

JIXIAO_REFEREE_N of 20,000 or more compares every workbook of every sample; otherwise a few of each.
"""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from tests.referee.recalculated import agree, played, refereed, workbooks
from tests.samples.evaluations import NAMES

pytestmark = pytest.mark.libreoffice

ALL = int(os.environ.get("JIXIAO_REFEREE_N", "0")) >= 20_000


@pytest.mark.parametrize("sample", NAMES)
def test_every_formula_of_every_workbook(sample: str, tmp_path: Path):
    files = workbooks(played(tmp_path / sample, sample), 1_000 if ALL else 4)
    outcome = refereed(files, tmp_path)
    assert outcome.disagreements == ()
    assert outcome.workbooks >= 3
    assert outcome.formulas > 250


def test_the_comparison_is_strict():
    assert agree(Decimal(1), Decimal("1.0000000009"))
    assert not agree(Decimal(1), Decimal("1.000000002"))
    assert not agree(Decimal(0), Decimal("1e-12"))
    assert not agree("1", Decimal(1))
    assert not agree(None, Decimal(0))
