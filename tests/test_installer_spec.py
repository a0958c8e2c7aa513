"""The recipe of the frozen program fits the house: its folders exist, and ``resources`` finds them again."""

import ast
from pathlib import Path
from typing import Any

import pytest

from toolkit import resources

ROOT = Path(resources.__file__).parents[1]


class Recorder:
    """Stands for PyInstaller's own names while the recipe runs, and notes each call."""

    def __init__(self) -> None:
        self.calls: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {}

    def named(self, name: str) -> Any:
        def call(*args: Any, **options: Any) -> Any:
            self.calls[name] = (args, options)
            return type(name, (), {"pure": [], "scripts": [], "binaries": [], "datas": []})()

        return call


@pytest.fixture(scope="module")
def recipe() -> tuple[dict[str, Any], Recorder]:
    source = (ROOT / "build_installer.spec").read_text(encoding="utf-8")
    recorder = Recorder()
    names = {name: recorder.named(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT")}
    scope: dict[str, Any] = {"SPECPATH": str(ROOT), **names}
    exec(compile(ast.parse(source), "build_installer.spec", "exec"), scope)  # noqa: S102
    return scope, recorder


def test_data_folders_are_those_the_program_looks_for(recipe: tuple[dict[str, Any], Recorder]) -> None:
    scope, recorder = recipe
    wanted = {resources.WORKBOOK_TEMPLATES, resources.DOCUMENT_TEMPLATES, resources.SAMPLES}
    assert set(scope["DATA_FOLDERS"]) == wanted
    packed = {Path(source): target for source, target in recorder.calls["Analysis"][1]["datas"]}
    assert all(target == f"toolkit/_data/{one.parent.relative_to(ROOT)}" for one, target in packed.items())
    assert {one.suffix for one in packed} == {".xlsx", ".docx"}
    assert resources.template_path("采集表模板.xlsx") in packed
    assert all(resources.sample_dir(name) / "方案.xlsx" in packed for name in resources.sample_names())


def test_the_entry_starts_the_command_line(recipe: tuple[dict[str, Any], Recorder]) -> None:
    (script,) = recipe[1].calls["Analysis"][0][0]
    assert "toolkit.cli.app" in Path(script).read_text(encoding="utf-8")


def test_one_folder_without_upx_in_utf8_mode(recipe: tuple[dict[str, Any], Recorder]) -> None:
    args, options = recipe[1].calls["EXE"]
    assert ("X utf8", None, "OPTION") in args[2]
    assert options == {"name": "jixiao", "console": True, "exclude_binaries": True, "upx": False}
    assert recipe[1].calls["COLLECT"][1]["upx"] is False


def test_nothing_unfree_or_unneeded_goes_in(recipe: tuple[dict[str, Any], Recorder]) -> None:
    assert {"xlwings.pro", "pytest", "hypothesis", "mypy"} <= set(recipe[1].calls["Analysis"][1]["excludes"])
