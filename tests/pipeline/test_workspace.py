"""The folder an evaluation lives in: numbered folders, each number once, all of them in the README."""

from datetime import UTC, datetime
from pathlib import Path

from toolkit.pipeline import Workspace

README = Path(__file__).parents[2] / "README.md"


def test_folders_are_numbered_once_and_the_readme_knows_them_all(tmp_path: Path):
    space = Workspace.create(tmp_path, datetime(2025, 6, 10, tzinfo=UTC))
    folders = [*space.folders(), space.corrections, space.reminders, space.drafts]
    assert [one.name[:3] for one in folders] == [f"{number:02}-" for number in range(1, len(folders) + 1)]
    assert not [one.name for one in space.folders() if not one.is_dir()]
    readme = README.read_text(encoding="utf-8")
    assert not [one.name for one in folders if f"`{one.name}`" not in readme and one != space.masters]
