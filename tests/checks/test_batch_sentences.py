"""What is said of several projects: whole sentences with their figures and cells, and from how many projects on."""

from collections.abc import Mapping

import pytest

from tests.checks.test_batch import COPIED, LONG, SHARED, _project, _submission
from tests.checks.worked_case import SCHEME
from toolkit.checks import check_batch
from toolkit.model import Finding, Roster


def found(code: str, changes: Mapping[int, Mapping[str, str]], count: int = 3) -> list[Finding]:
    """What a code is told of, with so many projects of which some are changed."""
    roster = Roster(tuple(_project(number) for number in range(1, count + 1)))
    back = {one.id: _submission(one, changes.get(int(one.id), {})) for one in roster.projects}
    return [finding for finding in check_batch(SCHEME, roster, back).findings if finding.code == code]


@pytest.mark.parametrize(
    ("code", "changes", "words"),
    [
        ("BATCH-03", {1: COPIED, 2: COPIED}, ["2", "4", "88.1"]),
        ("BATCH-04", {1: {"建设内容": LONG}, 3: {"建设内容": LONG}}, ["3", LONG[:40]]),
        ("BATCH-05", {1: SHARED, 2: SHARED}, ["2", "苏数据发〔2024〕12号批复.pdf"]),
        ("BATCH-06", {1: {"备注": "接入政务平台第003号系统建设项目"}}, ["3", "政务平台第003号系统建设项目"]),
        (
            "BATCH-08",
            {1: {"合同金额": "1110.5"}, 2: {"合同金额": "120"}},
            ["市数据局", "1,330.50", "300.00", "1、2", "万元"],
        ),
    ],
)
def test_a_sentence_names_the_others_and_what_is_shared(
    code: str, changes: Mapping[int, Mapping[str, str]], words: list[str]
) -> None:
    told = found(code, changes)[0]
    assert [word for word in words if word not in f"{told.message}｜{told.found}"] == []
    assert "{" not in told.message


def test_an_outlier_is_told_with_the_middle_of_ten_projects_and_not_of_nine() -> None:
    (told,) = found("BATCH-07", {5: {"完成值_D201": "9%"}}, count=10)
    assert "9.00%" in told.message
    assert "96.50%" in told.message
    assert found("BATCH-07", {5: {"完成值_D201": "9%"}}, count=9) == []
    assert found("BATCH-07", {5: {"完成值_D201": "56.5%"}}, count=10) == [], "forty points off is let pass"
    assert len(found("BATCH-07", {5: {"完成值_D201": "56.49%"}}, count=10)) == 1


def test_a_count_that_differs_from_those_of_others_is_no_outlier() -> None:
    """Projects are of any size; only rates are compared."""
    assert found("BATCH-07", {5: {"完成值_C101": "2000"}}, count=12) == []


@pytest.mark.parametrize(("shared_by", "told"), [(2, 2), (3, 3), (4, 0)])
def test_a_file_name_that_four_projects_use_is_a_way_of_naming_files(shared_by: int, told: int) -> None:
    assert len(found("BATCH-05", dict.fromkeys(range(1, shared_by + 1), SHARED), count=5)) == told


@pytest.mark.parametrize(
    ("name", "told"), [("验收报告12号v.pdf", 2), ("验收报告12号.pdf", 0), ("验收报告及附件终稿.pdf", 0)]
)
def test_a_particular_file_name_has_twelve_signs_and_a_digit(name: str, told: int) -> None:
    assert len(found("BATCH-05", {1: {"佐证文件名_E01": name}, 2: {"佐证文件名_E01": name}})) == told


def test_all_that_two_projects_share_stands_in_one_finding() -> None:
    both = {"佐证文件名_E01": "苏数据发〔2024〕12号批复.pdf", "佐证文件名_E02": "苏数据发〔2024〕13号批复.pdf"}
    first, second = found("BATCH-05", {1: both, 3: both})
    assert [first.project, second.project] == ["1", "3"]
    assert [at.cell for at in first.related] != [first.at.cell]
    assert len(first.related) == 1


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        (("288.37", "263.91", "1005"), 2),  # 5, 5 and 4 digits
        (("288.3", "263.9", "12"), 2),  # ten digits together
        (("288.3", "263.9", "9"), 0),  # nine
        (("288.37", "263.91", ""), 0),  # two cells
        (("288.37", "288.37", "288.37"), 0),  # one amount in three cells
    ],
)
def test_three_shared_amounts_tell_where_their_digits_do(amounts: tuple[str, ...], told: int) -> None:
    typed = dict(zip(("预算资金", "实际到位资金", "实际支出资金"), amounts, strict=True))
    assert len(found("BATCH-03", {1: typed, 2: typed})) == told
