"""Our own reports, proof-read: nothing to find; with one figure altered, found against the workspace."""

import json
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from toolkit.cli.app import app
from toolkit.proof.engine import proof
from toolkit.proof.reading import read_document


def reports(folder: Path) -> list[Path]:
    return sorted((folder / "07-评价报告").glob("*.docx"))


def found(path: Path) -> list[str]:
    result = proof(read_document(path.read_bytes(), path.name))
    assert not result.broke
    return [f"{path.name} {finding.place} {finding.message}" for finding in result.findings]


def test_the_reports_of_the_demonstration_hold_nothing_to_find(demo_made):
    chosen = [path for number, path in enumerate(reports(demo_made[0])) if number % 4 == 0 or "整体" in path.name]
    assert [words for path in chosen for words in found(path)] == []


@pytest.mark.parametrize("name", ["nanchang-2022", "suzhou-anhui-2023", "suzhou-jiangsu-2023", "jiangsu-2022"])
def test_the_reports_of_the_samples_hold_nothing_to_find(sample_made, name):
    paths = reports(sample_made(name))
    assert paths
    # 宿州's evaluators call every project within its budget beside a payment above the contract: as published.
    kept = {"suzhou-anhui-2023": ["此处称“都没有超出预算”", "超过审定金额"]}.get(name, [])
    assert [words for path in paths for words in found(path) if not any(part in words for part in kept)] == []


def test_a_score_that_was_altered_differs_from_the_workspace(demo_made, tmp_path):
    (report,) = (demo_made[0] / "07-评价报告").glob("002_*.docx")
    document = docx.Document(report)
    paragraph = next(item for item in document.paragraphs if "综合得分" in item.text)
    run = next(item for item in paragraph.runs if item.text == "88.75")
    run.text = "87.85"
    document.save(tmp_path / "改.docx")
    words = ["proof", tmp_path / "改.docx", "-w", demo_made[0], "--out", tmp_path / "out", "--json"]
    shown = CliRunner().invoke(app, list(map(str, words)))
    findings = json.loads(shown.stdout)["findings"]
    assert shown.exit_code == 1
    assert "workspace.score" in {item["kind"] for item in findings}
