"""Reports put into their folder by a thread while the next are made: the same files, in the same order."""

from pathlib import Path

import pytest

from toolkit.pipeline.deliver import living as living_module
from toolkit.pipeline.deliver.living import Put, put_each
from toolkit.report import Document, DocumentKind


class Shelves:
    """Notes what it was given."""

    def __init__(self, broken: str = "") -> None:
        self.given: list[str] = []
        self.broken = broken

    def put(self, path: Path, generated: bytes) -> Put:
        if path.name == self.broken:
            raise OSError(28, "没有空间", str(path))
        self.given.append(path.name)
        return Put(f"{path.name} {len(generated)}", changed=True)


def documents(count: int):
    return (Document(f"{number}.docx", DocumentKind.PROJECT, b"x" * number) for number in range(count))


@pytest.mark.parametrize("expected", [living_module._MANY - 1, living_module._MANY])
def test_every_report_is_put_in_order(expected):
    shelf = Shelves()
    found = list(put_each(documents(30), Path("07"), shelf, expected))
    assert [path for path, _ in found] == [Path("07") / f"{number}.docx" for number in range(30)]
    assert [put.sha256 for _, put in found] == [f"{number}.docx {number}" for number in range(30)]
    assert shelf.given == [path.name for path, _ in found]


def test_a_full_disk_is_told_by_the_report_that_met_it():
    with pytest.raises(OSError, match=r"7\.docx"):
        list(put_each(documents(30), Path("07"), Shelves("7.docx"), 30 + living_module._MANY))


def test_few_reports_wait_for_the_disk():
    shelf = Shelves()
    made = (shelf.given.append(f"made {one.name}") or one for one in documents(60))
    for _ in put_each(made, Path("07"), shelf, living_module._MANY):
        waiting = sum(entry.startswith("made") for entry in shelf.given) * 2 - len(shelf.given)
        assert waiting <= living_module._AHEAD + 1
