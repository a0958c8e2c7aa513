"""Shared by all tests: programs some of them need, and workspaces of the samples, made once and copied.

What needs a program skips with the reason where it is absent; required, it fails there.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.commands import call, call_apart
from tests.office_validator import VALIDATOR
from tests.postgresql_server import PostgresqlServer, postgresql_server

os.environ["JIXIAO_PAGES"] = "0"  # contents are laid out by LibreOffice only in the tests of it: seconds each time
os.environ["XDG_STATE_HOME"] = str(Path(tempfile.gettempdir()) / "jixiao-tests")  # not the developer's own secret
settings.register_profile("same every run", derandomize=True)
if not os.environ.get("JIXIAO_FULL"):  # the long runs search with new seeds
    settings.load_profile("same every run")
PLACE = "<folder>"
"""Stands for the folder in what a command printed, which is read again from a copy of it."""
RESAVERS = Path(__file__).parents[1] / ".ci" / "resavers"


class Program(NamedTuple):
    """A program some tests need: the variable that forbids skipping them, whether it is there, why they skip."""

    required: str
    is_here: Callable[[], bool]
    reason: str


PROGRAMS: Mapping[str, Program] = {
    "libreoffice": Program(
        "JIXIAO_REQUIRE_LIBREOFFICE",
        lambda: shutil.which("soffice") is not None,
        "本机没有 LibreOffice（soffice），无法重算或渲染",
    ),
    "gnumeric": Program(
        "JIXIAO_REQUIRE_GNUMERIC",
        lambda: shutil.which("ssconvert") is not None,
        "本机没有 Gnumeric（ssconvert），无法由它另存",
    ),
    "resavers": Program(
        "JIXIAO_REQUIRE_RESAVERS",
        lambda: (RESAVERS / "node_modules" / "exceljs").is_dir() and shutil.which("node") is not None,
        "没有装上 exceljs、SheetJS、excelize（需要 npm，见 .ci/resavers/install）",
    ),
    "postgresql": Program(
        "JIXIAO_REQUIRE_POSTGRESQL",
        lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")),
        "本机没有 PostgreSQL（Debian 的 postgresql 软件包），无法在服务器上记台账",
    ),
    "validator": Program(
        "JIXIAO_REQUIRE_VALIDATOR",
        VALIDATOR.is_file,
        "没有装上 Office 文件校验程序（需要 npm，见 .ci/validator/install）",
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests as skipped whose program is neither installed nor required."""
    for marker, program in PROGRAMS.items():
        if program.is_here() or os.environ.get(program.required) == "1":
            continue
        skip = pytest.mark.skip(reason=program.reason)
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(skip)


@pytest.fixture(autouse=True)
def _programs_where_required(request: pytest.FixtureRequest) -> None:
    for marker, program in PROGRAMS.items():
        if request.node.get_closest_marker(marker) and not program.is_here():
            pytest.fail(f"{program.required}=1，但{program.reason}")


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresqlServer]:
    """A PostgreSQL server that lives as long as the tests of one process."""
    with postgresql_server() as running:
        yield running


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """Gives a folder's copy for this process; the folder is made by whichever of the test processes asks first."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder(name: str, make: Callable[[Path], None]) -> Path:
        made = shared / "made" / name
        with FileLock(shared / f"{name}.lock"):
            if not made.exists():
                half = shared / "half" / name
                make(half)
                made.parent.mkdir(exist_ok=True)
                half.rename(made)
        return Path(shutil.copytree(made, tmp_path_factory.mktemp("copy") / name))

    return folder


@pytest.fixture(scope="session")
def demo_made(made_once: Callable[[str, Callable[[Path], None]], Path]) -> tuple[Path, dict[str, Any]]:
    """The Nantong demonstration: its folder and what the command printed."""

    def make(folder: Path) -> None:
        folder.mkdir(parents=True)
        said = call_apart("demo", folder / "南通")
        (folder / "said.json").write_text(json.dumps(said).replace(str(folder), PLACE), encoding="utf-8")

    copy = made_once("demo", make)
    said = (copy / "said.json").read_text(encoding="utf-8")
    return copy / "南通", json.loads(said.replace(PLACE, str(copy)))


@pytest.fixture
def demo_copy(demo_made: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(demo_made[0], tmp_path / "副本"))


@pytest.fixture(scope="session")
def sample_made(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Callable[[str], Path]:
    """A sample's workspace, made and run once by the commands."""
    made: dict[str, Path] = {}

    def make(folder: Path) -> None:
        call("init", folder, "--sample", folder.name)
        call("run", "-w", folder)

    def sample(name: str) -> Path:
        if name not in made:
            made[name] = made_once(name, make)
        return made[name]

    return sample
