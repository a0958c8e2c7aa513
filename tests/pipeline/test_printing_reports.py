"""``report --pdf``: where LibreOffice is, every report becomes a PDF; where it is not, that is said before the work."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest

from toolkit.errors import MissingProgramError, UnreadableFileError
from toolkit.pipeline.deliver import printing
from toolkit.pipeline.plan.workspace import Workspace

NOW = datetime(2023, 3, 1, 9).astimezone()


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    made = Workspace.create(tmp_path / "评价", NOW)
    for number in range(8):
        (made.reports / f"报告{number}.docx").write_bytes(str(number).encode())
    return made


def reports(space: Workspace) -> list[Path]:
    return sorted(space.reports.glob("*.docx"))


def office(refused: set[str], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A LibreOffice that cannot open some documents, and stops altogether at one named 报告5; sizes of its calls."""
    calls: list[int] = []

    def to_pdf(paths: Iterable[Path], out_dir: Path, timeout: float) -> dict[Path, Path]:
        documents = list(paths)
        calls.append(len(documents))
        assert timeout >= 60
        if "报告5" in refused and any(path.stem == "报告5" for path in documents):
            raise UnreadableFileError("LibreOffice 没有完成转换")
        found = {path: out_dir / f"{path.stem}.pdf" for path in documents if path.stem not in refused}
        for source, target in found.items():
            target.write_bytes(b"%PDF" + source.read_bytes())
        return found

    monkeypatch.setattr(printing, "to_pdf", to_pdf)
    return calls


def test_every_report_is_printed_a_few_at_a_time(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = office(set(), monkeypatch)
    made = printing.print_reports(space, reports(space), space.reports, NOW)
    assert [path.read_bytes() for path in made.files] == [b"%%PDF%d" % number for number in range(8)]
    assert (calls, made.failed) == ([6, 2], {})


def test_a_report_that_stops_the_program_does_not_keep_the_others_from_it(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    office({"报告2", "报告5"}, monkeypatch)
    made = printing.print_reports(space, reports(space), space.reports, NOW)
    assert set(made.failed) == {"报告2.docx", "报告5.docx"}
    assert len(made.files) == 6


def test_a_pdf_somebody_wrote_into_is_kept(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    office(set(), monkeypatch)
    first = printing.print_reports(space, reports(space), space.reports, NOW).files[0]
    first.write_bytes("批注".encode())
    made = printing.print_reports(space, reports(space), space.reports, NOW)
    (aside,) = made.set_aside
    assert aside.copy.read_bytes() == "批注".encode()


def test_without_the_program_it_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "find_soffice", lambda: None)
    with pytest.raises(MissingProgramError, match="本机没有 LibreOffice") as told:
        printing.require_printing()
    assert "另存为 PDF" in told.value.what_to_do
