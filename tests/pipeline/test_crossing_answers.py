"""Answers to rounds of correction that cross in the mail with the next round."""

import time
from pathlib import Path

import pytest

from tests.trial.own_evaluation import Evaluation, filled, roster, scheme, started


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Evaluation, bytes]:
    """A project sent back twice, the first round answered in part; with the form of the first round."""
    made = started(tmp_path_factory.mktemp("crossing"), scheme(), 2, roster(2))
    assert made.do("send").code == 0
    made.returned(1, {"累计支付金额": "约270", "计划产出数": "约20"})
    made.do("collect")
    assert made.do("correct").code == 0
    first = form_of(made, 1)
    put(made, "一轮.xlsx", filled(first, {"累计支付金额": 270}))
    assert made.do("correct").code == 0
    assert form_of(made, 2) != first
    return made, first


def form_of(evaluation: Evaluation, number: int) -> bytes:
    (path,) = evaluation.folder.glob(f"08-退回整改/第{number}轮/**/001_*整改表*.xlsx")
    return path.read_bytes()


def put(evaluation: Evaluation, name: str, data: bytes) -> Path:
    """Collect a file by itself, in a later second than what came before: of one second the last saved would count."""
    time.sleep(1 - time.time() % 1)
    path = evaluation.folder / "03-收件箱" / name
    path.write_bytes(data)
    evaluation.do("collect")
    return path


def _outside(evaluation: Evaluation) -> list[str]:
    """Labels under 未要求而改动的内容 in `rounds`."""
    units = evaluation.do("rounds", "--json").json["units"]
    return [label for unit in units for change in unit["changes"] for label in change["outside"]]


def unasked(evaluation: Evaluation) -> list[str]:
    found = evaluation.do("check", "--json").json["findings"]
    return [each["message"] for each in found if each["code"] == "ROUND-01"]


def test_what_an_earlier_round_asked_for_is_no_change_that_nobody_asked_for(answered: tuple[Evaluation, bytes]) -> None:
    """The unit answers the first form once more, all of it, when the second is under way already."""
    evaluation, first = answered
    whole = {"累计支付金额": 271, "支付金额_1": 271, "计划产出数": 20}
    put(evaluation, "一轮再报.xlsx", filled(first, whole))
    assert unasked(evaluation) == []
    assert _outside(evaluation) == [], "the table of rounds says the same"
    put(evaluation, "一轮三报.xlsx", filled(first, {**whole, "实际到位资金": 299}))
    (told,) = unasked(evaluation)
    assert told.startswith("第2轮整改时")
    assert "实际到位资金" in told
    assert "累计支付金额" not in told
    assert _outside(evaluation) == ["实际到位资金"]
