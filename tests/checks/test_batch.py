"""What only all projects together show: shared answers, strangers' names, outliers, totals of units."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.worked_case import SCHEME, case
from toolkit.checks import batch, check_batch, check_submission, cross
from toolkit.checks.batch_codes import BATCH_CODES
from toolkit.model import CellRef, Field, FieldType, Finding, Project, Reading, ReadState, Roster, Submission

LONG = "建设数据共享交换平台，接入二十个部门的数据目录，提供接口服务与运行监测，保障全市业务协同办理。"
NO_COPIES: Mapping[str, tuple[str, ...]] = {}
OWN = {"建设内容": "本项目", "合同金额": "100", "预算资金": "101", "实际到位资金": "102", "实际支出资金": "99"}
SHARED = {"佐证文件名_E01": "苏数据发〔2024〕12号批复.pdf"}


def _project(number: int, unit: str = "市数据局") -> Project:
    name = f"政务平台第{number:03d}号系统建设项目"
    return Project(str(number), 2024, unit, (unit,), name, Decimal(100))


def _batch(changes: Mapping[int, Mapping[str, str]], count: int = 3) -> set[tuple[str, str]]:
    roster = Roster(tuple(_project(number) for number in range(1, count + 1)))
    return _found(roster, {one.id: _submission(one, changes.get(int(one.id), {})) for one in roster.projects})


def _found(
    roster: Roster, back: Mapping[str, Submission], copies: Mapping[str, tuple[str, ...]] = NO_COPIES
) -> set[tuple[str, str]]:
    found = check_batch(SCHEME, roster, back, copies).findings
    assert not [one for one in found if "{" in "".join(one.as_json().values())], "a word of the sentence was not given"
    return {(one.code, one.project) for one in found}


def _submission(project: Project, changes: Mapping[str, str]) -> Submission:
    own = {**OWN, "累计支付金额": str(50 + int(project.id)), "建设内容": f"第{project.id}项"}
    return replace(case({**own, **changes}).submission, project=project.id, sha256=project.id)


def test_projects_of_their_own_raise_no_doubt() -> None:
    assert _batch({}) == set()


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("100.01", "100.01", True),
        ("100.005", "100.005", False),  # each half a cent off: no project differs
        ("110", "100.005", False),  # only one differs: that is for FUND-05
        ("110", "90", False),  # what one has too much the other lacks
        ("110", "89.995", False),
        ("110", "89.99", True),
    ],
)
def test_contracts_of_a_unit_differ_when_several_do_and_their_sum_does(first: str, second: str, *, told: bool) -> None:
    found = _batch({1: {"合同金额": first}, 2: {"合同金额": second}})
    assert (("BATCH-08", "1") in found) is told


@pytest.mark.parametrize("name", ["E01_立项批复（2024年）.pdf", "E01立项批复文件扫描件.pdf"])
def test_a_file_of_another_name_than_asked_for_is_particular(name: str) -> None:
    assert ("BATCH-05", "1") in _batch({1: {"佐证文件名_E01": name}, 2: {"佐证文件名_E01": name}})


@pytest.mark.parametrize("called", ["E01_{}.pdf", "E01 {}.docx", "01、{}.pdf", "E01{} .PDF"])
def test_files_called_as_asked_for_are_not_one_file(called: str) -> None:
    """While only two or three projects have returned, their names agree because the form gives them."""
    item, *others = SCHEME.evidence
    item = replace(item, name="立项申报、评审与批复文件")
    projects = [_project(number) for number in (1, 2)]
    back = {one.id: _submission(one, {"佐证文件名_E01": called.format(item.name)}) for one in projects}
    asked = replace(SCHEME, evidence=(item, *others))
    assert not check_batch(asked, Roster(tuple(projects)), back, NO_COPIES).findings


def test_a_project_not_returned_and_a_file_returned_for_two() -> None:
    roster = Roster((_project(1), _project(2), _project(3)))
    back = {one.id: _submission(one, {}) for one in roster.projects[:2]}
    assert _found(roster, back) == {("BATCH-01", "3")}
    assert _found(roster, back, {"1": ("3",)}) == {("BATCH-01", "3"), ("BATCH-02", "3")}


CASES = (
    ("BATCH-03", {2: {"累计支付金额": "51"}}, {"1", "2"}),
    ("BATCH-04", {1: {"建设内容": LONG}, 3: {"建设内容": LONG}}, {"1", "3"}),
    ("BATCH-05", {1: SHARED, 2: SHARED}, {"1", "2"}),
    ("BATCH-06", {2: {"备注": "接入政务平台第003号系统建设项目的目录。"}}, {"2"}),
    ("BATCH-08", {1: {"合同金额": "110"}, 2: {"合同金额": "120"}}, {"1"}),
)


def test_every_doubt_has_its_case() -> None:
    assert {code for code, *_ in CASES} | {
        "BATCH-01",
        "BATCH-02",
        "BATCH-07",
        "BATCH-09",
        "BATCH-10",
        "BATCH-11",
        "BATCH-12",
    } == BATCH_CODES.keys()


@pytest.mark.parametrize(("code", "changes", "projects"), CASES)
def test_each_doubt_names_its_projects(code: str, changes: Mapping[int, Mapping[str, str]], projects: set[str]) -> None:
    assert _batch(changes) == {(code, one) for one in projects}


def test_an_outlier_among_twelve() -> None:
    assert _batch({5: {"完成值_D201": "9%"}}, count=12) == {("BATCH-07", "5")}


def test_its_own_name_and_a_common_file_name_are_no_doubt() -> None:
    mine = {
        1: {"备注": "政务平台第001号系统建设项目运行平稳。", "佐证文件名_E01": "01批复.pdf"},
        2: {"佐证文件名_E01": "01批复.pdf"},
    }
    assert _batch(mine) == set()


COPIED = {"预算资金": "88.1", "实际到位资金": "87.2", "实际支出资金": "86.3", "累计支付金额": "85.4"}


def test_copied_amounts_are_found_whatever_else_differs() -> None:
    """Four amounts copied; the prefilled contract and a further amount are the project's own."""
    mine = {1: COPIED | {"年初预算数": "1"}, 2: COPIED | {"年初预算数": "2", "合同金额": "100"}}
    assert _batch(mine) == {("BATCH-03", "1"), ("BATCH-03", "2")}
    assert _batch({1: COPIED, 2: {**COPIED, "累计支付金额": "85.5"}}) == set()


def test_copied_amounts_are_found_where_spending_equals_payment() -> None:
    """What was spent is what was paid: four cells hold three amounts, whose digits no chance repeats."""
    copied = {"预算资金": "288.37", "实际到位资金": "263.91", "实际支出资金": "241.58", "累计支付金额": "241.58"}
    assert _batch({1: copied, 3: copied}) == {("BATCH-03", "1"), ("BATCH-03", "3")}
    everywhere = _batch(dict.fromkeys(range(1, 6), copied), count=6)
    assert everywhere == {("BATCH-03", str(number)) for number in range(1, 6)}
    round_amounts = {"预算资金": "300", "实际到位资金": "300", "实际支出资金": "270", "累计支付金额": "270"}
    assert _batch({1: round_amounts, 3: round_amounts}) == set()


def test_what_was_prefilled_alike_is_no_copy() -> None:
    assert _batch({1: {"预算资金": "100"}, 2: {"预算资金": "100"}}) == set()


def test_budget_instead_of_cost_is_said_once() -> None:
    costs = tuple(Field(key, key, "资金情况", FieldType.AMOUNT, "万元") for key in ("实际成本",))
    scheme = replace(SCHEME, fields=(*SCHEME.fields, *costs))
    roster = Roster(tuple(_project(number) for number in range(1, 7)))

    def found(equal: int) -> list[str]:
        back = {}
        for project in roster.projects:
            one = _submission(project, {"预算资金": str(200 + int(project.id))})
            cost = replace(one.readings["预算资金"], key="实际成本")
            if int(project.id) > equal:
                cost = replace(cost, value=Decimal(5))
            back[project.id] = replace(one, readings={**one.readings, "实际成本": cost})
        return [one.message for one in check_batch(scheme, roster, back).findings if one.code == "BATCH-09"]

    assert found(6) == ["6个填报了实际成本的项目中，6个的实际成本与预算资金完全相同"]
    assert len(found(5)) == 1
    assert found(4) == []


def test_a_broken_look_is_shown_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[Finding]:
        raise ZeroDivisionError

    monkeypatch.setattr(batch, "LOOKS", (broken, *batch.LOOKS))
    roster = Roster((_project(1), _project(2)))
    assert _found(roster, {"1": _submission(roster.projects[0], {})}) == {("BROKE-00", ""), ("BATCH-01", "2")}


def test_a_broken_cross_check_is_shown_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    made = case({"累计支付金额": "9999"})
    clean = {one.code for one in check_submission(made).findings}
    real = cross.compile_formula

    def compiled(text: str) -> object:
        if text == made.scheme.cross_checks[0].formula:
            raise RecursionError
        return real(text)

    monkeypatch.setattr(cross, "compile_formula", compiled)
    assert {one.code for one in check_submission(made).findings} >= {"BROKE-00"} | clean - {
        made.scheme.cross_checks[0].code
    }


def _two(first: Mapping[str, str], second: Mapping[str, str], contracts: tuple[int, int] = (120, 300)) -> set[str]:
    projects = tuple(replace(_project(n), contract_amount=Decimal(c)) for n, c in zip((1, 2), contracts, strict=True))
    back = {one.id: _submission(one, own) for one, own in zip(projects, (first, second), strict=True)}
    return {f"{code} {project}" for code, project in _found(Roster(projects), back) if code == "BATCH-10"}


def _amounts(budget: int) -> dict[str, str]:
    return {"预算资金": str(budget), "实际到位资金": str(budget - 2), "实际支出资金": str(budget - 9)}


def test_forms_of_a_unit_filled_in_for_each_other_are_told_to_both() -> None:
    both = {"BATCH-10 1", "BATCH-10 2"}
    assert _two(_amounts(300), _amounts(120)) == both
    assert _two(_amounts(300), {**_amounts(120), "实际到位资金": "299.99"}) == both


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (_amounts(120), _amounts(300)),
        (_amounts(300), _amounts(300)),
        (_amounts(120), _amounts(120)),
        ({**_amounts(300), "实际支出资金": "120"}, _amounts(120)),
        (_amounts(300), {**_amounts(120), "实际到位资金": "310"}),
        (_amounts(300), {**_amounts(120), "实际到位资金": "299.995"}),  # half a cent is nothing
    ],
)
def test_an_amount_that_happens_to_be_another_contract_is_no_mix_up(
    first: Mapping[str, str], second: Mapping[str, str]
) -> None:
    assert _two(first, second) == set()


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("政务平台第002号系统建设项目_采集表.xlsx", True),
        ("政务平台第001号系统建设项目和政务平台第002号系统建设项目.xlsx", False),
        ("政务平台第001号系统建设项目.xlsx", False),
        ("002.xlsx", False),
        ("采集表（最终）.xlsx", False),
        ("政务平台第002号系统建设项目、政务平台第003号系统建设项目.xlsx", False),
    ],
)
def test_a_file_named_for_another_project_than_its_form_is_told(file: str, told: bool) -> None:
    projects = tuple(map(_project, (1, 2, 3)))
    back = {"1": replace(_submission(projects[0], {}), file_name=file)}
    assert (("BATCH-11", "1") in _found(Roster(projects), back)) is told


def test_a_longer_name_hides_the_shorter_one_within_it() -> None:
    longer = replace(_project(2), name="政务平台第001号系统建设项目二期")
    projects = (_project(1), longer, replace(_project(3), name="政务平台"))
    back = {"2": replace(_submission(longer, {}), file_name="政务平台第001号系统建设项目二期.xlsx")}
    assert "BATCH-11" not in {code for code, _ in _found(Roster(projects), back)}
    back = {"1": replace(_submission(projects[0], {}), file_name="政务平台第001号系统建设项目二期.xlsx")}
    assert "BATCH-11" not in {code for code, _ in _found(Roster(projects), back)}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("政务平台第002号系统建设项目", True),
        (" 政务平台 第002号系统 建设项目", True),
        ("政务平台第001号系统建设项目", False),
        ("政务平台第001号系统建设项目（二期）", False),
        ("", False),
    ],
)
def test_a_form_on_which_another_projects_name_was_written_is_told(written: str, told: bool) -> None:
    field = Field("项目名称", "项目名称", "项目基本信息", FieldType.TEXT, prefill="项目名称")
    scheme = replace(SCHEME, fields=(*SCHEME.fields, field))
    projects = tuple(map(_project, (1, 2)))
    answers = {"1": written, "2": projects[1].name}
    back = {one.id: _named_in_the_form(_submission(one, {}), answers[one.id]) for one in projects}
    found = check_batch(scheme, Roster(projects), back, NO_COPIES).findings
    assert [one.project for one in found if one.code == "BATCH-12"] == (["1"] if told else [])


def _named_in_the_form(submission: Submission, name: str) -> Submission:
    at = CellRef(submission.file_name, "项目基本信息", "C4")
    read = Reading("项目名称", at, ReadState.VALUE if name else ReadState.BLANK, name or None, name)
    return replace(submission, readings={**submission.readings, "项目名称": read})
