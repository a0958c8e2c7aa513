"""A ledger's place, once as a file and once on a real PostgreSQL server."""

from pathlib import Path

import psycopg
import pytest

from tests.postgresql_server import PostgresqlServer
from toolkit.ledger import Server


@pytest.fixture(scope="session")
def database(server: PostgresqlServer) -> str:
    """The address of a database that tests use one after another: a new one each time takes twenty times as long."""
    return server.database()


@pytest.fixture
def empty_database(database: str) -> str:
    """The address of a database without ledgers."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS jixiao_ledger CASCADE")
    return database


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.postgresql)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | Server:
    """Where no ledger is yet."""
    if request.param == "file":
        return tmp_path / "台账.sqlite"
    return Server.at(request.getfixturevalue("empty_database"), "log")
