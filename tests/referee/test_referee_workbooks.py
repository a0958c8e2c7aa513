"""LibreOffice as referee of whole evaluations: every formula of generated, returned and master workbooks.

JIXIAO_REFEREE_N of 20,000 or more compares every workbook of every sample; otherwise a few of each.
"""

import os
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.commands import call
from tests.referee.recalculated import agree, refereed, workbooks
from tests.samples.evaluations import NAMES
from toolkit.pipeline.plan.workspace import Workspace

ALL = int(os.environ.get("JIXIAO_REFEREE_N", "0")) >= 20_000


@pytest.mark.libreoffice
def test_every_formula_of_every_workbook(
    demo_made: tuple[Path, dict[str, Any]], sample_made: Callable[[str], Path], tmp_path: Path
) -> None:
    folders = {name: tmp_path / name for name in NAMES}
    for name, folder in folders.items():
        shutil.copytree(demo_made[0] if name == "nantong-2024" else sample_made(name), folder)
        call("generate", "-w", folder)
    files = {name: workbooks(Workspace.open(folder), 1_000 if ALL else 4) for name, folder in folders.items()}
    for name, outcome in refereed(files, tmp_path).items():
        assert outcome.disagreements == (), name
        assert outcome.workbooks >= 3, name
        assert outcome.formulas > 250, name


def test_the_comparison_is_strict():
    assert agree(Decimal(1), Decimal("1.0000000009"))
    assert not agree(Decimal(1), Decimal("1.000000002"))
    assert not agree(Decimal(0), Decimal("1e-12"))
    assert not agree("1", Decimal(1))
    assert not agree(None, Decimal(0))
