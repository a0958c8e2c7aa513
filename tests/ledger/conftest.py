"""A ledger's place, once as a file and once on a real PostgreSQL server."""

from pathlib import Path

import pytest

from toolkit.ledger import Server


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | Server:
    """Where no ledger is yet."""
    if request.param == "file":
        return tmp_path / "台账.sqlite"
    return Server.at(request.getfixturevalue("server").database(), "log")
