"""A PostgreSQL server of the tests' own, on loopback, from Debian's package; and databases in it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg

OWNER = "postgres"
_numbers = count(1)


@dataclass(frozen=True)
class PostgresqlServer:
    """A server that can be started, stopped and killed. As root its programs run as the package's own user.

    It does not wait for the disk: no test cuts the machine's power.
    """

    folder: Path
    port: int

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        _run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")

    def kill(self) -> None:
        """As a power cut: no server process gets to finish anything."""
        _run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"d{next(_numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return self.address(name)

    def address(self, database: str) -> str:
        return f"postgresql://jx@127.0.0.1:{self.port}/{database}"


@contextmanager
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A running server with an empty cluster, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="jx-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    server = PostgresqlServer(folder, _free_port())
    try:
        _run("initdb", "-D", server.data, "-A", "trust", "-U", "jx", "--no-sync", "--locale=C.UTF-8", "-E", "UTF8")
        server.start()
        yield server
    finally:
        subprocess.run(
            _command("pg_ctl", "-D", server.data, "-m", "immediate", "stop"), check=False, capture_output=True
        )
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(program: str, *words: str | Path) -> None:
    subprocess.run(_command(program, *words), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


def _command(program: str, *words: str | Path) -> list[str]:
    path = max(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda found: int(found.parts[4]))
    before = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    return [*before, str(path), *map(str, words)]
