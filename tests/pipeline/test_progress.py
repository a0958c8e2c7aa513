"""Long work tells how far it is, also where nothing was kept of what was read before."""

import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.pipeline import load
from toolkit.pipeline.plan.workspace import CACHE_FILE
from toolkit.pipeline.progress import READING

NOW = datetime(2024, 12, 31, tzinfo=UTC)


class Heard:
    """Listens."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int, int, str]] = []

    def __call__(self, stage: str, done: int, total: int, /, item: str = "") -> None:
        self.stages.append((stage, done, total, item))

    def of(self, stage: str) -> list[tuple[int, int, str]]:
        return [(done, total, item) for name, done, total, item in self.stages if name == stage]


@pytest.mark.parametrize("name", ["nanchang-2022", "suzhou-anhui-2023"])
def test_reading_again_is_told_file_by_file_and_nothing_where_it_is_known(sample_made, tmp_path: Path, name: str):
    folder = Path(shutil.copytree(sample_made(name), tmp_path / "评价"))
    first, again = Heard(), Heard()
    (folder / CACHE_FILE).unlink()
    pipeline.check(load(folder), NOW, first)
    told = [one for one in first.of(READING) if one[0]]
    assert [done for done, _, _ in told] == list(range(1, told[0][1] + 1))
    assert all(item for _, _, item in told) or len(told) == 1
    pipeline.check(load(folder), NOW, again)
    assert again.of(READING) == []
    assert Counter(stage for stage, *_ in again.stages)
