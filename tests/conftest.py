"""Shared by all tests: what needs a program skips with the reason where it is absent; required, it fails there."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import settings

from tests.office_validator import VALIDATOR
from tests.postgresql_server import PostgresqlServer, postgresql_server

os.environ["JIXIAO_PAGES"] = "0"  # contents are laid out by LibreOffice only in the tests of it: seconds each time
os.environ["XDG_STATE_HOME"] = str(Path(tempfile.gettempdir()) / "jixiao-tests")  # not the developer's own secret
settings.register_profile("same every run", derandomize=True)
if not os.environ.get("JIXIAO_FULL"):  # the long runs search with new seeds
    settings.load_profile("same every run")
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
