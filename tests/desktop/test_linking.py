"""Links of the master workbook lead to a project of an evaluation that was opened here before."""

import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.desktop import registering
from toolkit.desktop.state import linking

LINK = linking.Link("PJ2024-1", "3")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("jixiao://PJ2024-1/3", LINK),
        ("JIXIAO://PJ2024-1/3/", LINK),
        ("jixiao://PJ2024-1", linking.Link("PJ2024-1", "")),
        ("jixiao://PJ2024-1/%E7%94%B2%2F1", linking.Link("PJ2024-1", "甲/1")),
        ("https://PJ2024-1/3", None),
        ("jixiao://", None),
        ("/home/评价", None),
    ],
)
def test_addresses_are_taken_apart(text: str, link: linking.Link | None) -> None:
    assert linking.link_of(text) == link


def evaluation(folder: Path, identity: str) -> str:
    (folder / ".jixiao").mkdir(parents=True)
    (folder / ".jixiao" / "评价标识.json").write_text(identity, encoding="utf-8")
    return str(folder)


def test_the_evaluation_is_found_among_folders(tmp_path: Path) -> None:
    folders = [
        str(tmp_path / "没有"),
        evaluation(tmp_path / "坏", "坏"),
        evaluation(tmp_path / "数", "3"),
        evaluation(tmp_path / "甲", '{"evaluation": "PJ2024-1"}'),
    ]
    assert linking.folder_of(LINK, folders) == str(tmp_path / "甲")
    assert linking.folder_of(linking.Link("PJ2030", "1"), folders) == ""


def test_an_open_window_is_asked_once(tmp_path: Path) -> None:
    folder = evaluation(tmp_path / "甲", "{}")
    assert linking.take_asked(folder) is None
    linking.ask_open_window(folder, LINK)
    assert linking.take_asked(folder) == "3"
    assert linking.take_asked(folder) is None
    linking.ask_open_window(str(tmp_path / "没有"), LINK)


@pytest.mark.skipif(sys.platform == "win32", reason="menu entries are for Linux")
def test_the_menu_entry_takes_the_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    asked: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda words, check: asked.append(words))  # noqa: ARG005
    place = registering.register()
    words = Path(place).read_text(encoding="utf-8")
    assert "MimeType=x-scheme-handler/jixiao;" in words
    assert f'Exec="{sys.executable}" "-P" "-m" "toolkit.desktop" %u' in words
    assert asked == [["xdg-mime", "default", "jixiao.desktop", "x-scheme-handler/jixiao"]]
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: (_ for _ in ()).throw(FileNotFoundError()))
    assert "没有 xdg-mime" in registering.register()
