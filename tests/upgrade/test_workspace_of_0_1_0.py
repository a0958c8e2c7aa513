"""A workspace that version 0.1.0 made (4 projects of the Nantong sample, the whole round): every command works on it.

``workspace-0.1.0.zip`` was written by that version's own ``jixiao demo``; nothing in it was changed afterwards.
"""

import json
import os
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from toolkit.cli.app import app
from toolkit.excel.read import read_workbook

FIXTURE = Path(__file__).with_name("workspace-0.1.0.zip")
FULL = os.environ.get("JIXIAO_FULL") == "1"
IN_ORDER: tuple[tuple[str, set[int]], ...] = (
    ("status -w WS", {0}),
    ("ledger verify -w WS", {0}),
    ("check -w WS", {0, 1}),
    ("score -w WS", {0}),
    ("generate -w WS", {0}),
    ("send -w WS --dry-run", {0}),
    ("collect -w WS", {0, 1}),
    ("resolve 2 EVID-01 --waive --by 甲 --reason 已核实 -w WS", {0, 2, 3}),
    ("correct -w WS --warnings", {0}),
    ("run -w WS", {0, 1}),
    ("verify -w WS", {0}),
    ("ledger export -w WS OUT/台账.xlsx", {0}),
    ("archive make -w WS OUT/归档.zip", {0}),
    ("archive verify OUT/归档.zip", {0}),
)
"""What every run of the suite tries."""
MORE: tuple[tuple[str, set[int]], ...] = (
    ("decide -w WS", {0, 1}),
    ("rounds -w WS", {0}),
    ("remind -w WS --dry-run", {0}),
    ("scorebooks -w WS --scorers 甲、乙", {0}),
    ("adjudicate -w WS", {0, 1}),
    ("fieldwork -w WS --projects 1", {0}),
    ("opinions -w WS", {0, 1}),
    ("export -w WS OUT/csv", {0}),
    ("scheme check WS/方案.xlsx", {0, 1}),
    ("scheme explain WS/方案.xlsx", {0}),
    ("handover OUT/移交 --to 乙 --projects 1 -w WS", {0}),
    ("merge OUT/移交 -w WS", {0, 1, 3}),
    ("run -w WS", {0, 1}),  # opinions and merges are told in the reports: those archived are made after them
    ("archive make -w WS OUT/归档.zip", {0}),
    ("archive rerun OUT/归档.zip", {0}),
    ("init OUT/下一年 --from OUT/归档.zip", {0}),
)
"""The others, with JIXIAO_FULL=1."""
NEED_MORE = {
    "demo": "makes a workspace of its own",
    "aggregate": "part of run",
    "report": "part of run",
    "choose": "needs a project returned twice",
    "open": "opens another program",
    "fetch": "needs a mailbox",
    "prefill": "needs a form of another program",
    "survey": "the old scheme has no questionnaire",
    "people": "needs a team, which 0.1.0 did not know",
    "template": "about no workspace",
    "formula": "about no workspace",
    "window": "desktop tests open workspaces",
    "proof": "about no workspace",
    "policy": "about no workspace",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    with zipfile.ZipFile(FIXTURE) as archive:
        archive.extractall(folder / "评价")
    return folder / "评价"


def run(line: str, workspace: Path) -> tuple[int, Any]:
    words = [word.replace("WS", str(workspace)).replace("OUT", str(workspace.parent)) for word in line.split()]
    shown = CliRunner().invoke(app, [*words, "--json"])
    if shown.exception and not isinstance(shown.exception, SystemExit):
        raise shown.exception
    return shown.exit_code, json.loads(shown.stdout)


def totals(workspace: Path) -> dict[Decimal, Decimal]:
    """Project number → total, as the master has them."""
    sheet = read_workbook((workspace / "06-汇总总表/汇总总表.xlsx").read_bytes()).sheet("汇总")
    assert sheet is not None
    columns = {str(cell.value).split("\n")[0]: column for (row, column), cell in sheet.cells.items() if row == 3}
    rows = [row for row, column in sheet.cells if column == 1 and row > 3]
    numbered = [row for row in rows if isinstance(sheet.cells[row, 1].value, Decimal)]
    return {sheet.cells[row, 1].value: sheet.cells[row, columns["总分"]].value for row in numbered}  # type: ignore[misc]


def test_every_command_works_and_no_score_moves(workspace: Path) -> None:
    before = totals(workspace)
    originals = {path.name: path.read_bytes() for path in (workspace / "04-原件").iterdir()}
    wrong = []
    for line, codes in (*IN_ORDER, *MORE) if FULL else IN_ORDER:
        code, said = run(line, workspace)
        if code not in codes:
            wrong.append((line, code, str(said)[:300]))
    assert wrong == []
    assert len(before) == 4
    assert totals(workspace) == before
    kept = {path.name: path.read_bytes() for path in (workspace / "04-原件").iterdir()}
    assert originals.items() <= kept.items()


def test_every_command_is_tried_or_said_why_not() -> None:
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    tried = {line.split()[0] for line, _ in (*IN_ORDER, *MORE)}
    assert known == tried | NEED_MORE.keys()
    assert not tried & NEED_MORE.keys()
