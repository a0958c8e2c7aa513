"""Reports read in other processes say what they say when they are read here, whatever becomes of the processes."""

from itertools import islice
from pathlib import Path

import pytest

from tests.report.sample_masters import SUZHOU_ANHUI, sample, template
from toolkit.collect.child import ChildProcess
from toolkit.pipeline.deliver import reading_reports
from toolkit.pipeline.deliver.reading_reports import ReportReading
from toolkit.pipeline.plan import side_by_side
from toolkit.report import read_report, render_reports

SOME = 4


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Some reports, and a file that is none."""
    folder = tmp_path_factory.mktemp("报告")
    for document in islice(render_reports(sample(SUZHOU_ANHUI).facts, template), SOME):
        (folder / document.name).write_bytes(document.data)
    (folder / "别的.docx").write_bytes(b"no Word file")
    return sorted(folder.iterdir())


@pytest.mark.parametrize("ahead", [1, 2, 100])
@pytest.mark.parametrize("killed", [None, 1])
def test_reports_come_in_order_and_equal_though_a_process_is_killed(paths, ahead, killed, monkeypatch):
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr(reading_reports, "_AHEAD", ahead)
    found = []
    with ReportReading(paths) as reading:
        assert reading._processes.width > 1
        for place, report in enumerate(reading.reports()):
            found.append(report)
            if place == killed:
                reading._processes._processes[0]._child._process.kill()
    assert found == [(path, read_report(path.read_bytes())) for path in paths]
    assert [path.name for path, report in found if report.unreadable] == ["别的.docx"]


def test_a_system_that_starts_no_process_costs_time_only(paths, monkeypatch):
    def refused(*_: object) -> ChildProcess:
        raise OSError

    monkeypatch.setattr(side_by_side, "ChildProcess", refused)
    with ReportReading(paths) as reading:
        assert [report for _, report in reading.reports()] == [read_report(path.read_bytes()) for path in paths]


def test_a_report_that_is_gone_is_told_as_it_is_when_it_is_read_here(paths):
    with ReportReading([paths[0].with_name("没有.docx")]) as reading, pytest.raises(FileNotFoundError):
        list(reading.reports())
