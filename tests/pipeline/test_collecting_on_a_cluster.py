"""Returns read by a Dask cluster: the same outcomes in the same order, also when one of its machines is lost."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.pipeline.conftest import call
from toolkit import pipeline
from toolkit.collect import read_batch
from toolkit.errors import MissingProgramError, ToolkitError
from toolkit.pipeline.intake import cluster
from toolkit.pipeline.intake.cluster import read_files


@dataclass
class LocalCluster:
    """A scheduler and two workers, each a process of its own."""

    address: str
    workers: list["subprocess.Popen[bytes]"]


def started(*words: str) -> "subprocess.Popen[bytes]":
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": Path(__file__).parents[2]}
    return subprocess.Popen([sys.executable, "-m", *words], **quiet)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    folder = tmp_path_factory.mktemp("cluster")
    noted = folder / "scheduler.json"
    scheduler = started(
        "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
        "--scheduler-file", str(noted),
    )  # fmt: skip
    running = LocalCluster("", [])
    try:
        running.address = _address(noted)
        running.workers = [_worker(running.address, folder) for _ in range(2)]
        yield running
    finally:
        for process in (*running.workers, scheduler):
            process.kill()
            process.wait()


def _worker(address: str, folder: Path) -> "subprocess.Popen[bytes]":
    return started(
        "distributed.cli.dask_worker", address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
        "--no-dashboard", "--memory-limit", "0", "--local-directory", str(folder),
    )  # fmt: skip


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


def test_a_run_on_a_cluster_makes_the_same_files(workers: LocalCluster, tmp_path: Path) -> None:
    folders = tmp_path / "甲", tmp_path / "乙"
    for folder, more in zip(folders, ((), ("--cluster", workers.address)), strict=True):
        call("init", folder, "--sample", "suzhou-anhui-2023")
        call("collect", "-w", folder, *more)
    first, second = (call("check", "-w", folder, code=None)["findings"] for folder in folders)
    assert first == second


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


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "没有这个地址", ""])
def test_a_cluster_that_is_not_there_is_said(returned, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    evaluation, files = returned
    if not address:
        assert next(iter(read_files(files[:1], evaluation.collecting, address))).outcome.accepted
        return
    with pytest.raises(MissingProgramError, match="连不上群集"):
        list(read_files(files[:1], evaluation.collecting, address))
