"""Every Office file of the five samples' workspaces, as the Open XML SDK's validator sees it."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from tests.office_validator import covering, invalid
from toolkit.cli.app import app
from toolkit.excel.write import tables_to_xlsx
from toolkit.ooxml.package import inflate, read_members, with_contents
from toolkit.resources import resource_root

SAMPLES = ("jiangsu-2022", "nanchang-2022", "suzhou-anhui-2023", "suzhou-jiangsu-2023")
NOT_A_WORKBOOK = "038_轨道交通光缆工程_指标信息核查采集表.xlsx"
"""The return of the demonstration that is no workbook at all."""


def run(*words: object) -> None:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code in (0, 1), result.output


def office_files(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.suffix in (".docx", ".xlsx")]
    return [path for path in found if path.name != NOT_A_WORKBOOK]


def embedded_workbooks(reports: Iterable[Path], folder: Path) -> list[Path]:
    """The workbooks behind the charts of reports, as files of their own."""
    taken = []
    for number, report in enumerate(reports):
        with ZipFile(report) as archive:
            names = [name for name in archive.namelist() if name.startswith("word/embeddings/")]
            taken += [Path(archive.extract(name, folder / str(number))) for name in names]
    return taken


@pytest.fixture(scope="module")
def workspaces(
    demo_made: tuple[Path, object], sample_made: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """All five, with everything that can be written into them."""
    folder = tmp_path_factory.mktemp("评价")
    shutil.copytree(demo_made[0], folder / "nantong-2024")
    for name in SAMPLES:
        shutil.copytree(sample_made(name), folder / name)
        run("generate", "-w", folder / name)
        run("send", "-w", folder / name)
    for workspace in list(folder.iterdir()):
        run("correct", "--warnings", "-w", workspace)
        run("remind", "-w", workspace)
        run("ledger", "export", workspace / "台账.xlsx", "-w", workspace)
    run("scheme", "new", folder / "新方案.xlsx")
    return folder


@pytest.mark.validator
@pytest.mark.skipif(not os.environ.get("JIXIAO_FULL"), reason="逐个检查全部文件：make office")
def test_the_validator_finds_no_error_in_anything_we_write(workspaces: Path, tmp_path: Path) -> None:
    files = office_files(workspaces)
    kinds = Counter(path.relative_to(workspaces).parts[1] for path in files if path.parent != workspaces)
    assert {"01-采集表", "02-下发包", "05-核查结果", "06-汇总总表", "07-评价报告", "08-退回整改"} < kinds.keys()
    behind_charts = embedded_workbooks((path for path in files if path.suffix == ".docx"), tmp_path)
    assert behind_charts
    assert invalid([*files, *covering(behind_charts)]) == {}  # hundreds that differ in numbers alone


@pytest.mark.validator
def test_nor_in_the_templates_that_are_shipped() -> None:
    folders = ("workbook_templates", "doc_templates", "samples")
    assert invalid(path for folder in folders for path in office_files(resource_root() / folder)) == {}


@pytest.mark.validator
def test_two_elements_in_the_wrong_order_are_an_error(tmp_path: Path) -> None:
    """A check that cannot fail proves nothing."""
    members = read_members(tables_to_xlsx({"表": [["甲"]]}))
    styles = inflate(members["xl/styles.xml"])
    wrong = tmp_path / "错.xlsx"
    turned = re.sub(rb"(<sz [^>]*>)(<color [^>]*>)", rb"\2\1", styles)
    assert turned != styles
    wrong.write_bytes(with_contents(members, {"xl/styles.xml": turned}))
    assert list(invalid([wrong])) == ["错.xlsx"]
