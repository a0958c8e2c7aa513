"""What must be corrected and cannot be told from one return alone: it comes up, and goes when it was corrected."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pytest

from tests.pipeline.hostile_evaluation import SCHEME, answered, plan
from tests.trial.own_evaluation import filled
from toolkit import pipeline
from toolkit.model import Project, Severity
from toolkit.pipeline.plan.evaluation import Evaluation

FULL = bool(os.environ.get("JIXIAO_FULL"))
NOW = datetime(2024, 10, 20, 9, tzinfo=UTC)
PAPERS = {
    "佐证提供_E01": "已提供",
    "佐证文件名_E01": "批复.pdf",
    "佐证提供_E02": "已提供",
    "佐证文件名_E02": "凭证.pdf",
}
BEFORE = SCHEME.replace("| 接入部门数 |", "| 接入系统数 |")


@dataclass(frozen=True)
class Small:
    """The small evaluation: what is done in it, and what must be corrected then."""

    folder: Path

    @cached_property
    def evaluation(self) -> Evaluation:
        return pipeline.load(self.folder)

    def project(self, number: int) -> Project:
        return self.evaluation.roster.projects[number - 1]

    def sent(self, name: str, data: bytes) -> None:
        (self.folder / "03-收件箱" / name).write_bytes(data)

    def answered(self, number: int) -> bytes:
        return filled(answered(self.evaluation.template, self.project(number)), PAPERS)

    def errors(self) -> set[tuple[str, str]]:
        pipeline.collect(self.evaluation, (), NOW)
        found = pipeline.check(self.evaluation, NOW).findings
        return {(each.code, each.project) for each in found if each.severity is Severity.ERROR}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Small:
    folder = tmp_path_factory.mktemp("评价")
    for name, data in plan(2).items():
        (folder / name).write_bytes(data)
    pipeline.initialise(folder / "江海", (folder / "项目清单.xlsx", folder / "方案.xlsx"), NOW)
    return Small(folder / "江海")


@pytest.fixture
def small(begun: Small, tmp_path: Path) -> Small:
    """The first of two projects has returned all it should."""
    made = Small(Path(shutil.copytree(begun.folder, tmp_path / "江海")))
    made.sent("001_第1号系统.xlsx", made.answered(1))
    return made


def test_a_project_that_returned_nothing_is_named_until_it_does(small: Small) -> None:
    assert small.errors() == {("BATCH-01", "2")}
    small.sent("002_第2号系统.xlsx", small.answered(2))
    assert small.errors() == set()


def test_one_file_sent_for_two_projects_is_said_to_the_one_without_a_return(small: Small) -> None:
    small.sent("002_第2号系统.xlsx", (small.folder / "03-收件箱" / "001_第1号系统.xlsx").read_bytes())
    assert small.errors() == {("BATCH-01", "2"), ("BATCH-02", "2")}
    assert small.errors() == {("BATCH-01", "2"), ("BATCH-02", "2")}, "from what is on record, once"
    small.sent("002_第2号系统（更正）.xlsx", small.answered(2))
    assert small.errors() == set()


def test_a_file_under_another_number_accuses_nobody(small: Small) -> None:
    """Units number their papers as they like: one name is no sign that the file was meant for another project."""
    (small.folder / "03-收件箱" / "001_第1号系统.xlsx").rename(small.folder / "03-收件箱" / "2_报表.xlsx")
    assert small.errors() == {("BATCH-01", "2")}
    small.sent("报表（备份）.xlsx", (small.folder / "03-收件箱" / "2_报表.xlsx").read_bytes())
    assert small.errors() == {("BATCH-01", "2")}


@pytest.mark.skipif(not FULL, reason="JIXIAO_FULL=1；平时由 tests/collect/test_collect_versions.py 检查")
def test_what_was_asked_for_otherwise_before_is_answered_in_the_workbook_that_goes_back(small: Small) -> None:
    """The unit filled in the first version of the scheme, in which an indicator of this code was another one."""
    (small.folder / "方案.xlsx").write_bytes(plan(2, BEFORE)["方案.xlsx"])
    before = Small(small.folder)
    before.sent("001_第1号系统.xlsx", before.answered(1))
    before.sent("002_第2号系统.xlsx", before.answered(2))
    (small.folder / "方案.xlsx").write_bytes(plan(2)["方案.xlsx"])
    now = Small(small.folder)
    assert {error for error in now.errors() if error[0] == "READ-34"} == {("READ-34", "1"), ("READ-34", "2")}
    pipeline.correct(now.evaluation, NOW)
    for number in (1, 2):
        (back,) = (now.folder / "08-退回整改").glob(f"**/{number:03}_*整改*.xlsx")
        now.sent(f"{number:03}_更正.xlsx", filled(back.read_bytes(), {"完成值_C101": 20}))
    assert now.errors() == set()
