"""After any change a workspace that keeps results gives what one without any kept result gives, byte for byte."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import openpyxl

from toolkit import pipeline
from toolkit.excel.files import sha256_of
from toolkit.excel.sheet_patch import patch_cells
from toolkit.pipeline.intake.returned import returns
from toolkit.pipeline.plan.workspace import CACHE_FILE

NOW = datetime(2023, 12, 25, 9, tzinfo=UTC)
_OF_THE_MOMENT = ("台账", ".jixiao")
"""Begin the names of what tells when things happened."""


def patched(folder: Path, name: str, sheet: str, cell: str, value: object) -> None:
    path = folder / name
    path.write_bytes(patch_cells(path.read_bytes(), {(sheet, cell): value}))


def corrected_return(folder: Path) -> None:
    evaluation = pipeline.load(folder)
    sha256 = min(receipt.sha256 for receipt in returns(evaluation).receipts.values())
    slot = evaluation.template.layout.slots["累计支付金额"]
    data = (evaluation.workspace.originals / sha256).read_bytes()
    (folder / "03-收件箱" / "更正.xlsx").write_bytes(patch_cells(data, {(slot.sheet, slot.cell): 1}))


def renamed_project(folder: Path) -> None:
    at = pipeline.load(folder).roster.projects[0].origin
    sheet = openpyxl.load_workbook(folder / "项目清单.xlsx")[at.sheet]
    heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "项目名称")
    patched(folder, "项目清单.xlsx", at.sheet, f"{heading.column_letter}{at.cell[1:]}", "改过的名称")


def written_in_word(folder: Path) -> None:
    path = min((folder / "07-评价报告").glob("*完整版*.docx"))
    document = docx.Document(str(path))
    paragraph = next(each for each in document.paragraphs if len(each.text) > 30 and each.runs)
    paragraph.add_run("（评价组补充的一句。）")
    document.save(str(path))


def report_thrown_away(folder: Path) -> None:
    max((folder / "07-评价报告").glob("*.docx")).unlink()


CHANGES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda _: None,
    "a mark": lambda folder: patched(folder, "评审意见.xlsx", "评审意见", "I4", "0"),
    "a corrected return": corrected_return,
    "the scheme's title": lambda folder: patched(folder, "方案.xlsx", "方案", "B4", "另一个名称"),
    "a project's name": renamed_project,
    "a sentence written in Word": written_in_word,
    "a report thrown away": report_thrown_away,
}
WITHOUT_EFFECT = {"nothing", "a report thrown away"}


def files(folder: Path) -> dict[str, str]:
    names = {path: path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name: sha256_of(path.read_bytes()) for path, name in names.items() if not name.startswith(_OF_THE_MOMENT)}


def told(folder: Path) -> dict[str, Any]:
    summary = pipeline.run(pipeline.load(folder), NOW).as_json()
    said: dict[str, Any] = json.loads(json.dumps(summary).replace(json.dumps(str(folder))[1:-1], ""))
    return {name: told for name, told in said.items() if name != "seconds"}


def test_what_is_kept_gives_the_files_of_a_fresh_start_after_every_change(sample_made, tmp_path):
    kept = Path(shutil.copytree(sample_made("suzhou-anhui-2023"), tmp_path / "留存"))
    fresh = tmp_path / "全新"
    before = files(kept)
    for what, change in CHANGES.items():
        change(kept)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(kept, fresh)
        (fresh / CACHE_FILE).unlink()
        assert told(kept) == told(fresh), what
        after = files(kept)
        assert after == files(fresh), what
        assert (after == before) == (what in WITHOUT_EFFECT), what
        before = after
