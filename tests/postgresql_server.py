"""A PostgreSQL server of the tests' own, on loopback, from Debian's package; and databases in it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        """As a power cut: the server's processes get a signal that none of them can see coming (kill -9)."""
        first = int((self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text(encoding="ascii").split()
        for process in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        until = time.monotonic() + 10
        while any(Path("/proc", process).exists() for process in children) and time.monotonic() < until:
            time.sleep(0.01)  # no server starts on memory that is still held

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
