"""Returns read by a Dask cluster: the same outcomes in the same order, also when one of its machines is lost."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest
from distributed import Client

from tests.pipeline.conftest import call
from tests.pipeline.hostile_evaluation import answered, plan
from toolkit import pipeline
from toolkit.collect import read_batch
from toolkit.errors import MissingProgramError, ToolkitError
from toolkit.pipeline.intake import cluster
from toolkit.pipeline.intake.cluster import read_files


@dataclass
class LocalCluster:
    """A scheduler and its workers, each a process of its own."""

    address: str
    scheduler: "subprocess.Popen[bytes]"
    workers: list["subprocess.Popen[bytes]"]


def started(*words: str, where: Path = Path(__file__).parents[2]) -> "subprocess.Popen[bytes]":
    """A program that finds the toolkit in a folder."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": where}
    environment = {**os.environ, "PYTHONPATH": str(where)}
    return subprocess.Popen([sys.executable, "-m", *words], env=environment, **quiet)  # type: ignore[call-overload, no-any-return]


@contextmanager
def cluster_of(folder: Path, count: int, where: Path = Path(__file__).parents[2]) -> Iterator[LocalCluster]:
    """A scheduler and so many workers, which find the toolkit in a folder."""
    noted = folder / "scheduler.json"
    scheduler = started(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
        "--scheduler-file", str(noted),
    )  # fmt: skip
    running = LocalCluster("", scheduler, [])
    try:
        running.address = _address(noted)
        running.workers = [_worker(running.address, folder, where) for _ in range(count)]
        _wait_for_workers(running.address, count)
        yield running
    finally:
        for process in (*running.workers, scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    with cluster_of(tmp_path_factory.mktemp("cluster"), 3) as running:
        yield running


def _worker(address: str, folder: Path, where: Path) -> "subprocess.Popen[bytes]":
    return started(
        "distributed.cli.dask_worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
        "--no-dashboard", "--memory-limit", "0", "--local-directory", str(folder), where=where,
    )  # fmt: skip


def _wait_for_workers(address: str, count: int) -> None:
    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        if count:
            client.wait_for_workers(count, timeout=60)


def _address(noted: Path) -> str:
    for _ in range(200):
        if noted.exists() and (text := noted.read_text(encoding="utf-8")):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise AssertionError("the scheduler did not start")


@pytest.fixture(scope="module")
def returned(sample_made) -> tuple[pipeline.Evaluation, list[tuple[bytes, str]]]:
    """Returns of a sample, some of them again and again, with one that cannot be read among them."""
    evaluation = pipeline.load(sample_made("suzhou-anhui-2023"))
    paths = sorted(evaluation.workspace.inbox.rglob("*.xlsx"))
    files = [(path.read_bytes(), path.name) for path in paths] * 12
    return evaluation, [*files[:12], (b"PK\x03\x04garbage", "坏.xlsx"), *files[12:24]]


@pytest.fixture(autouse=True)
def _small_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enough tasks for two workers and one of them lost."""
    monkeypatch.setattr(cluster, "_TOGETHER", 4)


def test_the_same_outcomes_in_the_same_order(workers: LocalCluster, returned) -> None:
    evaluation, files = returned
    here = list(read_batch(files, evaluation.collecting))
    there = [read.outcome for read in read_files(files, evaluation.collecting, workers.address)]
    assert there == here
    assert len(there) == 25


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """An evaluation whose returns nobody has read yet, and every file of it after a run on this machine alone."""
    folder = tmp_path_factory.mktemp("alone")
    for name, data in plan(4).items():
        (folder / name).write_bytes(data)
    call("init", folder / "评价", "--roster", folder / "项目清单.xlsx", "--scheme", folder / "方案.xlsx")
    evaluation = pipeline.load(folder / "评价")
    for project in evaluation.roster.projects:
        (evaluation.workspace.inbox / f"{project.id}.xlsx").write_bytes(answered(evaluation.template, project))
    alone = Path(shutil.copytree(folder / "评价", folder / "本机"))
    at_noon("run", "-w", alone)
    return folder / "评价", files_of(alone)


class Noon(datetime):
    """A clock that stands still: the master prints the minute it was made in."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime(2024, 10, 20, 12, tzinfo=tz or UTC)


def at_noon(*words: str | Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("toolkit.cli.options.datetime", Noon)
        call(*words)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file, but for databases and what tells the time of the run."""
    paths = (path for path in folder.rglob("*") if path.is_file() and "台账" not in path.name)
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    left_out = (".jixiao/缓存", ".jixiao/日志")
    return {name: path.read_bytes() for name, path in named.items() if not name.startswith(left_out)}


@pytest.mark.parametrize(
    ("command", "lost"),
    [("run", "a worker"), ("run", "the scheduler"), ("collect", "all workers"), ("collect", "nothing")],
)
def test_every_command_that_takes_a_cluster_makes_the_same_files_whatever_is_lost(
    begun: tuple[Path, dict[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, lost: str
) -> None:
    """After the first file was read so and so much of the cluster is killed."""
    monkeypatch.setattr(cluster, "_TOGETHER", 1)
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 3)
    given, expected = begun
    folder = Path(shutil.copytree(given, tmp_path / "群集"))
    with cluster_of(tmp_path, 3) as running:
        dying = {"a worker": running.workers[:1], "all workers": running.workers, "the scheduler": [running.scheduler]}
        answer, told = cluster._Cluster._answer, []

        def killing(self: cluster._Cluster, task: object) -> object:
            self._told = told.append
            said = answer(self, task)
            for process in dying.pop(lost, []):
                process.kill()
            return said

        monkeypatch.setattr(cluster._Cluster, "_answer", killing)
        at_noon(command, "-w", folder, "--cluster", running.address)
    if lost == "the scheduler":
        assert told == ["群集断开，其余由本机读取"]
    if command == "collect":
        at_noon("run", "-w", folder)
    assert files_of(folder) == expected


def test_a_worker_lost_in_the_middle_loses_nothing(workers: LocalCluster, returned) -> None:
    evaluation, files = returned
    here = list(read_batch(files, evaluation.collecting))
    there = (read.outcome for read in read_files(files, evaluation.collecting, workers.address))
    first = next(there)
    workers.workers.pop().kill()
    assert [first, *there] == here


def test_machines_of_another_version_are_refused(
    workers: LocalCluster, returned, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluation, files = returned
    monkeypatch.setattr(cluster, "program_state", lambda: "another version")
    with pytest.raises(ToolkitError, match="群集上的程序版本与本机不同"):
        list(read_files(files[:1], evaluation.collecting, workers.address))


def test_a_cluster_without_workers_or_without_this_program_is_said(
    returned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 3)
    evaluation, files = returned
    other = tmp_path / "another program"
    (other / "toolkit").mkdir(parents=True)
    (other / "toolkit" / "__init__.py").touch()
    with cluster_of(tmp_path, 0) as running:
        with pytest.raises(MissingProgramError, match=r"群集里没有一台在工作的机器.*dask worker tcp://"):
            list(read_files(files[:1], evaluation.collecting, running.address))
        running.workers.append(_worker(running.address, tmp_path, other))
        _wait_for_workers(running.address, 1)
        with pytest.raises(ToolkitError, match=r"群集上的程序版本与本机不同.*安装与本机相同的版本"):
            list(read_files(files[:1], evaluation.collecting, running.address))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "没有这个地址", ""])
def test_a_cluster_that_is_not_there_is_said(returned, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    evaluation, files = returned
    if not address:
        assert next(iter(read_files(files[:1], evaluation.collecting, address))).outcome.accepted
        return
    with pytest.raises(MissingProgramError, match="连不上群集"):
        list(read_files(files[:1], evaluation.collecting, address))
