"""A return that came after 报送截止日: the board, the list of findings and the reports say so, by which day it came."""

from datetime import date
from pathlib import Path

import docx
import pytest

from tests.trial.own_evaluation import Evaluation, scheme, started

DUE = date(2026, 1, 31)
LATE, MISSING = 1, 2


@pytest.fixture(scope="module")
def overdue(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    made = started(tmp_path_factory.mktemp("late"), scheme(方案={"报送截止日": DUE.isoformat()}), 2)
    made.returned(LATE, {})
    assert made.do("collect").code == 0
    return made


def _text(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def _reports(evaluation: Evaluation) -> tuple[str, str]:
    """The late project's own report, and the overall one."""
    assert evaluation.do("run").code in (0, 1)
    folder = evaluation.folder / "07-评价报告"
    (own,), (whole,) = folder.rglob(f"{LATE:03}_*.docx"), folder.rglob("*完整版*.docx")
    return _text(own), _text(whole)


def test_it_is_told_until_the_evaluator_says_that_it_came_in_time(overdue: Evaluation) -> None:
    late, missing = overdue.do("status", "--json").json["projects"]
    days = (date.fromisoformat(late["returned"][:10]) - DUE).days
    assert (late["days_late"], missing["days_late"]) == (days, 0)
    assert f"（晚{days}天）" in overdue.do("status").printed.replace("\n", "")

    told = [each for each in overdue.do("check", "--json").json["findings"] if each["code"] == "DATE-05"]
    assert [(each["project"], each["severity"]) for each in told] == [(str(LATE), "note")]
    assert f"晚于报送截止日2026年1月31日（晚{days}天）" in told[0]["message"]
    own, whole = _reports(overdue)
    assert f"（晚{days}天）" in own
    assert "“第1号系统”的采集表在报送截止日之后收到" in whole
    assert overdue.do("verify").code == 0

    words = ("--by", "王某", "--reason", "1月30日邮件送达，见收件记录", "--waive")
    said = overdue.do("resolve", str(LATE), "DATE-05", *words)
    assert said.code == 0, said.told
    own, whole = _reports(overdue)
    assert "天）" not in own
    assert "报送截止日之后收到" not in whole


def test_what_came_in_time_is_not_told(tmp_path: Path) -> None:
    made = started(tmp_path, scheme(), 1)
    made.returned(1, {})
    made.do("collect")
    assert made.do("status", "--json").json["projects"][0]["days_late"] == 0
    assert not [each for each in made.do("check", "--json").json["findings"] if each["code"] == "DATE-05"]
