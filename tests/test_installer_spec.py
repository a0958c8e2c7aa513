"""The recipe of the frozen program fits the house: its folders exist, and ``resources`` finds them again."""

import ast
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import toolkit
from toolkit import resources
from toolkit.desktop.pages import page_class
from toolkit.desktop.state.steps import NAMES

ROOT = Path(resources.__file__).parents[1]


class Recorder:
    """Stands for PyInstaller's own names while the recipe runs, and notes each call."""

    def __init__(self) -> None:
        self.calls: dict[str, list[tuple[tuple[Any, ...], dict[str, Any]]]] = {}

    def named(self, name: str) -> Any:
        def call(*args: Any, **options: Any) -> Any:
            self.calls.setdefault(name, []).append((args, options))
            return type(name, (), {"pure": [], "scripts": [], "binaries": [], "datas": []})()

        return call


@pytest.fixture(scope="module")
def recipe() -> tuple[dict[str, Any], Recorder]:
    source = (ROOT / "build_installer.spec").read_text(encoding="utf-8")
    recorder = Recorder()
    hooks = ModuleType("PyInstaller.utils.hooks")  # it is installed only where the program is built
    hooks.copy_metadata = lambda _name: []  # type: ignore[attr-defined]
    names = {name: recorder.named(name) for name in ("Analysis", "PYZ", "EXE", "COLLECT")}
    scope: dict[str, Any] = {"SPECPATH": str(ROOT), **names}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("PyInstaller", "PyInstaller.utils", "PyInstaller.utils.hooks"):
            patch.setitem(sys.modules, name, hooks)
        exec(compile(ast.parse(source), "build_installer.spec", "exec"), scope)  # noqa: S102
    return scope, recorder


def test_data_folders_are_those_the_program_looks_for(recipe: tuple[dict[str, Any], Recorder]) -> None:
    scope, recorder = recipe
    wanted = {resources.WORKBOOK_TEMPLATES, resources.DOCUMENT_TEMPLATES, resources.LIBRARY, resources.SAMPLES}
    assert set(scope["DATA_FOLDERS"]) == wanted
    packed = {Path(source): target for source, target in recorder.calls["Analysis"][0][1]["datas"]}
    data = {one: target for one, target in packed.items() if target != "licences"}
    assert all(target == f"toolkit/_data/{one.parent.relative_to(ROOT)}" for one, target in data.items())
    assert {one.suffix for one in data} == {".xlsx", ".docx", ".csv"}
    assert resources.template_path("采集表模板.xlsx") in data
    assert {resources.law_table_path(), resources.indicator_library_path()} <= set(data)
    assert all(resources.sample_dir(name) / "方案.xlsx" in data for name in resources.sample_names())
    assert ROOT / "LICENSE" in packed


def test_two_programs_stand_in_one_folder_as_the_window_looks_for_its_engine(
    recipe: tuple[dict[str, Any], Recorder],
) -> None:
    console, window = (call[0][0][0] for call in recipe[1].calls["Analysis"])
    assert "toolkit.cli.entry" in Path(console).read_text(encoding="utf-8")
    assert "toolkit.desktop.application" in Path(window).read_text(encoding="utf-8")
    programs = {options["name"]: options["console"] for _, options in recipe[1].calls["EXE"]}
    assert programs == {"jixiao": False, "jixiaoc": True}
    ((args, options),) = recipe[1].calls["COLLECT"]
    assert options == {"name": "jixiao", "upx": False}
    assert len(args) == 6


def test_every_page_goes_into_the_window_and_none_into_the_console(recipe: tuple[dict[str, Any], Recorder]) -> None:
    console, window = (call[1]["hiddenimports"] for call in recipe[1].calls["Analysis"])
    pages = {page_class(name).__module__ for name in NAMES}
    assert pages <= set(window)
    assert not pages & set(console)


def test_without_upx_in_utf8_mode(recipe: tuple[dict[str, Any], Recorder]) -> None:
    for args, options in recipe[1].calls["EXE"]:
        assert ("X utf8", None, "OPTION") in args[2]
        assert options["exclude_binaries"] is True
        assert options["upx"] is False


def test_nothing_unfree_or_unneeded_goes_in(recipe: tuple[dict[str, Any], Recorder]) -> None:
    console, window = (set(call[1]["excludes"]) for call in recipe[1].calls["Analysis"])
    assert {"xlwings.pro", "pytest", "hypothesis", "mypy"} <= console
    assert {"pandas", "openpyxl", "toolkit.pipeline"} <= window


@pytest.mark.parametrize(
    ("target", "goes_in"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("libQt6Network.so.6", False),
        ("lxml/etree.so", True),
        ("libgtk-3.so.0", False),
    ],
)
def test_of_qt_only_what_widgets_need(recipe: tuple[dict[str, Any], Recorder], target: str, goes_in: bool) -> None:
    assert recipe[0]["kept"](target) is goes_in


def test_the_version_resource_is_of_this_version() -> None:
    text = (ROOT / "installer/version.txt").read_text(encoding="utf-8")
    assert text.count(f"'{toolkit.__version__}'") == 2
    numbers = ", ".join([*toolkit.__version__.split("."), "0"])
    assert text.count(f"({numbers})") == 2


def test_the_licences_of_what_is_linked_go_in(recipe: tuple[dict[str, Any], Recorder]) -> None:
    papers = {Path(file).name for file, _ in recipe[0]["PAPERS"]}
    assert {"LICENSE", "LGPL-3.0.txt", "GPL-3.0.txt", "LGPL-2.1.txt", "说明.txt"} <= papers
