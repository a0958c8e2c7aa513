"""The handbook in docs/ is what the declarations say today."""

from pathlib import Path

from toolkit.checks.handbook import handbook


def test_the_handbook_is_not_stale() -> None:
    kept = (Path(__file__).parents[2] / "docs" / "检查项手册.md").read_text(encoding="utf-8")
    assert kept == handbook(), "请运行 python -m toolkit.checks.handbook > docs/检查项手册.md"
