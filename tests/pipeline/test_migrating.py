"""jixiao scheme migrate on a workspace whose scheme was changed after the forms had been filled in."""

from datetime import datetime
from pathlib import Path

import pytest

from toolkit import pipeline
from toolkit.errors import WorkspaceError
from toolkit.excel.files import sha256_of
from toolkit.excel.write import with_cells

NOW = datetime(2026, 1, 5).astimezone()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("migrate") / "南昌"
    pipeline.initialise(root, "nanchang-2022", NOW)
    scheme = root / "方案.xlsx"
    scheme.write_bytes(with_cells(scheme.read_bytes(), "方案", {"B5": "2.0"}))
    (root / "03-收件箱" / "坏.xlsx").write_bytes(b"PK\x03\x04junk")
    return root


def test_old_returns_become_new_forms_and_originals_stay(workspace: Path) -> None:
    evaluation = pipeline.load(workspace)
    originals = {file: sha256_of(file.read_bytes()) for file in (workspace / "03-收件箱").iterdir()}
    done = pipeline.migrate(evaluation, ())
    states = {file.name: file.state for file in done.files}
    assert sorted(states.values()) == ["已迁移", "未能读取"]
    assert not done.ok
    broken = next(file for file in done.files if file.name == "坏.xlsx")
    assert "另存" in broken.reason or "重新报送" in broken.reason
    made = next(file for file in done.files if file.written)
    assert made.as_json()["carried"] > 100
    assert {file: sha256_of(file.read_bytes()) for file in originals} == originals

    (taken,) = pipeline.collect(evaluation, [made.written], NOW).files
    assert taken.state.value == "accepted"
    again = pipeline.migrate(evaluation, [made.written])
    assert again.files[0].state == "不需要迁移"
    assert again.log != done.log  # an earlier log is never overwritten


def test_a_path_that_is_not_there_is_told_before_anything_is_written(workspace: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="找不到"):
        pipeline.migrate(pipeline.load(workspace), [tmp_path / "没有"], tmp_path / "新")
    assert not (tmp_path / "新").exists()
