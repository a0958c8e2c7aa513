"""A decision is taken back, made again, replaced by another: the last word counts, every word stays on record."""

from pathlib import Path

import pytest

from tests.trial.own_evaluation import Evaluation, Said, scheme, started

OVERSPENT = {"实际支出资金": 999}


@pytest.fixture
def made(tmp_path: Path) -> Evaluation:
    """One project that spent more than arrived, and typed 约100 of what is no number twice."""
    evaluation = started(tmp_path, scheme(), 1)
    evaluation.returned(1, {**OVERSPENT, "计划产出数": "约10", "实际产出数": "约9"})
    assert evaluation.do("collect").code == 0
    return evaluation


def resolve(made: Evaluation, code: str, *words: str, by: str = "张三") -> Said:
    return made.do("resolve", "1", code, "--by", by, "--reason", "核对凭证", *words)


def severity(made: Evaluation, code: str) -> list[str]:
    return [found["severity"] for found in made.do("check", "--json").json["findings"] if found["code"] == code]


def test_a_waiver_taken_back_leaves_the_finding_as_it_was(made: Evaluation) -> None:
    assert severity(made, "FUND-02") == ["error"]
    for _ in range(2):  # the second time in the same words: they are a new decision
        assert resolve(made, "FUND-02", "--waive").code == 0
        assert severity(made, "FUND-02") == ["note"]
        assert resolve(made, "FUND-02", "--withdraw").code == 0
        assert severity(made, "FUND-02") == ["error"]
    told = resolve(made, "FUND-02", "--withdraw")
    assert told.code == 3
    assert "没有可以撤回的" in told.told


def test_a_verified_value_taken_back_is_no_value(made: Evaluation) -> None:
    """The finding itself is gone while the value counts; what is taken back is looked up among the decisions."""
    assert resolve(made, "FUND-02", "--value", "290").code == 0
    assert severity(made, "FUND-02") == []
    assert resolve(made, "FUND-02", "--withdraw").code == 0
    assert severity(made, "FUND-02") == ["error"]


def test_of_several_decisions_the_cell_says_which(made: Evaluation) -> None:
    cells = [found["cell"] for found in made.do("check", "--json").json["findings"] if found["code"] == "READ-21"]
    assert len(cells) == 2
    for cell, by in zip(cells, ("张三", "李四"), strict=True):
        assert resolve(made, "READ-21", "--value", "9", "--cell", cell, by=by).code == 0
    told = resolve(made, "READ-21", "--withdraw")
    assert told.code == 3
    assert "--cell" in told.told
    assert resolve(made, "READ-21", "--withdraw", "--cell", cells[0]).code == 0
    assert severity(made, "READ-21").count("error") == 1


def test_every_word_stays_on_record(made: Evaluation) -> None:
    """The same decision said twice in a row is one; after another one it is a new one."""
    for words in (("--waive",), ("--waive",), ("--value", "290"), ("--waive",), ("--withdraw",)):
        assert resolve(made, "FUND-02", *words).code in (0, 3)
    book = made.folder / "台账.xlsx"
    assert made.do("ledger", "export", book).code == 0
    assert made.do("ledger", "verify").code == 0
    assert severity(made, "FUND-02") == ["error"]
