"""Templates and samples are found from a checkout, from an installed wheel and from the frozen program."""

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit import resources
from toolkit.errors import TemplateError, WorkspaceError

ROOT = Path(resources.__file__).parents[1]

FOUND = """
from pathlib import Path
from toolkit import resources
assert Path(resources.__file__).is_relative_to(Path.cwd()), resources.__file__
print(*resources.sample_names(), sep="|")
for sample in resources.sample_names():
    assert resources.sample_dir(sample).is_dir()
for name in ("通知函.docx",):
    assert resources.document_template_path(name).read_bytes()[:2] == b"PK"
assert {file.suffix for file in resources.resource_root().rglob("*.*")} == {".xlsx", ".docx", ".csv"}
print(resources.resource_root().relative_to(Path.cwd()).as_posix())
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A frozen program's unpacked folder with one template and one sample."""
    root = tmp_path / "toolkit" / "_data"
    for file in ("workbook_templates/采集表.xlsx", "doc_templates/通知函.docx", "samples/南通/roster.xlsx"):
        (root / file).parent.mkdir(parents=True)
        (root / file).touch()
    (root / "samples" / "__pycache__").mkdir()
    (root / "samples" / "空").mkdir()
    (root / "doc_templates" / "~$通知函.docx").touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    return root


def test_a_checkout_uses_its_own_folders() -> None:
    assert resources.resource_root() == ROOT
    assert resources.document_template_path("通知函.docx") == ROOT / "doc_templates" / "通知函.docx"


def test_the_frozen_program_uses_what_it_unpacked(data: Path) -> None:
    assert resources.template_path("采集表.xlsx") == data / "workbook_templates" / "采集表.xlsx"
    assert resources.document_template_path("通知函.docx") == data / "doc_templates" / "通知函.docx"
    assert resources.sample_names() == ("南通",)
    assert resources.sample_dir("南通") == data / "samples" / "南通"


@pytest.mark.parametrize("name", ["没有.xlsx", "../workbook_templates/采集表.xlsx", "", "/etc/passwd", "采集表"])
@pytest.mark.usefixtures("data")
def test_a_missing_template_names_those_there_are(name: str) -> None:
    with pytest.raises(TemplateError, match="可用的表格模板有：采集表"):
        resources.template_path(name)


@pytest.mark.usefixtures("data")
def test_an_owner_file_of_an_open_document_is_no_template() -> None:
    with pytest.raises(TemplateError, match="找不到文书模板"):
        resources.document_template_path("~$通知函.docx")


@pytest.mark.parametrize("name", ["苏州", "..", "", "__pycache__", "南通/.."])
@pytest.mark.usefixtures("data")
def test_a_missing_sample_names_those_there_are(name: str) -> None:
    with pytest.raises(WorkspaceError, match="可用的样例有：南通"):
        resources.sample_dir(name)


@pytest.mark.usefixtures("data")
def test_an_installation_without_samples_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "SAMPLES", "没有")
    assert resources.sample_names() == ()
    with pytest.raises(WorkspaceError, match="请重新安装本程序"):
        resources.sample_dir("南通")


def test_an_installed_wheel_brings_everything(tmp_path: Path) -> None:
    def run(*command: str, cwd: Path = ROOT) -> str:
        command = (sys.executable, "-X", "utf8", *command)
        done = subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)
        if "No matching distribution found for hatchling" in done.stderr:
            pytest.skip("the build back end cannot be fetched here")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run("-m", "pip", "wheel", "-q", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT))
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    run("-m", "pip", "install", "-q", "--no-deps", "--target", str(site), str(wheel))
    samples, root = run("-c", FOUND, cwd=site).splitlines()
    assert root == "toolkit/_data"
    assert tuple(filter(None, samples.split("|"))) == resources.sample_names()
