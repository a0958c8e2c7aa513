"""Code kept of the program's own templates: found whole and sealed by this user, or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from toolkit import resources
from toolkit.cache import entry_key, find_code, keep_code, own_code, user_secret
from toolkit.word import part_code
from toolkit.word.compose import Composer
from toolkit.word.render import compile_template

KEY = entry_key("word template", "a")
VALUE = (("word/document.xml", compile("1 + 1", "<template>", "eval"), frozenset({"名称"}), None),)


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The folder of a user who has kept nothing yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(own_code, "state_folder", lambda: tmp_path / "jixiao")
    user_secret.cache_clear()
    yield tmp_path / "jixiao" / "编译结果"
    user_secret.cache_clear()


def letter() -> bytes:
    return resources.document_template_path("通知函.docx").read_bytes()


def test_what_is_kept_is_found_under_its_key_alone(folder: Path):
    assert find_code(KEY) is None
    keep_code(KEY, VALUE)
    assert find_code(KEY) == VALUE
    (folder / "other").write_bytes((folder / KEY).read_bytes())
    assert find_code("other") is None


def test_what_another_user_sealed_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, folder: Path):
    with monkeypatch.context() as patched:
        patched.setattr(own_code, "user_secret", lambda: b"another")
        keep_code(KEY, VALUE)
    assert (folder / KEY).is_file()
    monkeypatch.setattr(own_code.marshal, "loads", lambda _: pytest.fail("unpacked before its seal was seen"))
    assert find_code(KEY) is None


def test_any_damaged_byte_and_any_shorter_file_is_nothing(folder: Path):
    keep_code(KEY, VALUE)
    whole = (folder / KEY).read_bytes()
    for place in range(len(whole)):
        (folder / KEY).write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        assert find_code(KEY) is None
        (folder / KEY).write_bytes(whole[:place])
        assert find_code(KEY) is None


def test_the_oldest_give_way(folder: Path):
    for number in range(own_code._MOST + 5):
        keep_code(f"{number}", VALUE)
        os.utime(folder / f"{number}", (number, number))
    kept = {path.name for path in folder.iterdir()}
    assert kept == {f"{number}" for number in range(5, own_code._MOST + 5)}


def test_where_nothing_can_be_written_everything_is_made_anew(folder: Path):
    folder.parent.mkdir(parents=True)
    folder.write_bytes(b"a file where the folder should be")
    assert compile_template(letter()).parts
    assert find_code(KEY) is None


@pytest.mark.parametrize("path", resources.shipped_templates(), ids=lambda path: path.stem)
def test_a_template_of_ours_taken_from_what_is_kept_is_the_one_that_was_made(
    monkeypatch: pytest.MonkeyPatch, folder: Path, path: Path
):
    if path.suffix != ".docx":
        return
    made = compile_template(path.read_bytes())
    monkeypatch.setattr(part_code, "_made", lambda *_: pytest.fail("made again"))
    taken = compile_template(path.read_bytes())
    assert [part.made for part in taken.parts] == [part.made for part in made.parts]
    assert [part.source for part in taken.parts] == [part.source for part in made.parts]
    assert len(list(folder.iterdir())) == 1


def test_another_program_makes_its_own(monkeypatch: pytest.MonkeyPatch, folder: Path):
    compile_template(letter())
    monkeypatch.setattr(part_code, "program_state", lambda: "after an update")
    compile_template(letter())
    assert len(list(folder.iterdir())) == 2


def test_of_a_template_that_is_not_ours_nothing_is_kept(folder: Path):
    made = Composer("某单位的报告")
    made.paragraph("{{ 名称 }}")
    compile_template(made.save())
    assert not folder.exists()
