"""元 typed for 万元: in a whole workbook an error with one proposal, in a single cell or a doubtful one a question."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.collect.returned import clean, context, filled, place, read, typed
from tests.pipeline.hostile_evaluation import answered, plan
from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit import pipeline
from toolkit.checks import Case, check_submission
from toolkit.errors import WorkspaceError
from toolkit.excel.sheet_patch import patch_cells
from toolkit.ledger.kinds import Action
from toolkit.model import Severity, Value
from toolkit.pipeline.dispatch.mailing import How, MailOrder
from toolkit.pipeline.examine.decision import Decision
from toolkit.pipeline.examine.resolving import prepared

NOW = datetime(2024, 10, 20, 9, tzinfo=UTC)
AMOUNTS = {
    "预算资金": "300", "实际到位资金": "290", "实际支出资金": "275.5", "累计支付金额": "275.5",
    "支付明细_支付金额_1": "137.75", "支付明细_支付金额_2": "137.75",
}  # fmt: skip
CELLS = {place(key)[1] for key in AMOUNTS}


def in_yuan(*kept: str, factor: int = 10_000, **others: Decimal) -> bytes:
    """The clean return with every amount in 元, but for some that stay as they are or are something else."""
    changed = {key: Decimal(text) * factor for key, text in AMOUNTS.items() if key not in kept}
    return filled(**(changed | others))


def magnitude(data: bytes) -> list[tuple[str, str]]:
    """Code and cell of all that is said about the size of amounts, by the reading and by the checks."""
    case = Case(SMALL_SCHEME, PROJECTS[0], read(data).submission, context().layout)
    found = check_submission(case).findings
    return [(one.code, one.at.cell) for one in found if one.code in ("READ-45", "READ-50", "MAGN-01")]


def test_a_whole_workbook_in_yuan_is_one_error_for_all_its_cells() -> None:
    (note,) = read(in_yuan()).submission.notes
    assert (note.code, note.severity) == ("READ-50", Severity.ERROR)
    assert {note.at.cell, *(at.cell for at in note.related)} == CELLS
    assert (str(note.found), str(note.expected)) == ("3000000", "300万元")
    assert "全表 6 个金额格" in note.message
    assert "清单合同金额为286.5万元" in note.message
    assert magnitude(in_yuan()) == [("READ-50", place("预算资金")[1])]


def test_what_only_follows_from_the_unit_accuses_nobody() -> None:
    """Payments in 元 against a contract in 万元 are no overpayment; against each other they are compared as ever."""
    case = Case(SMALL_SCHEME, PROJECTS[0], read(in_yuan()).submission, context().layout)
    errors = {one.code: one for one in check_submission(case).findings if one.severity is not Severity.NOTE}
    assert not [code for code in errors if code.startswith(("FUND-", "J"))]
    (over,) = [one for one in check_submission(case).findings if one.code == "FUND-01"]
    assert over.severity is Severity.NOTE
    assert "READ-50" in over.hint
    more = in_yuan(实际支出资金=Decimal(3_000_000))
    case = Case(SMALL_SCHEME, PROJECTS[0], read(more).submission, context().layout)
    assert "FUND-02" in {one.code for one in check_submission(case).findings if one.severity is Severity.ERROR}


def settled(data: bytes = b"", *, action: Action = Action.ACCEPT, value: str = "") -> list[tuple[str, Value]]:
    """What accepting (or verifying) the one proposal of a workbook in 元 puts on record: keys and values."""
    submission = read(data or in_yuan()).submission
    (note,) = submission.notes
    decision = Decision("1", note.code, action, "张三", "单位来函", value=value)
    evaluation = SimpleNamespace(template=SimpleNamespace(layout=context().layout), scheme=SMALL_SCHEME)
    return [(line.key, line.value) for line, _ in prepared(evaluation, submission, decision, note)]


def test_accepting_the_one_proposal_sets_every_cell_right() -> None:
    assert dict(settled()) == {key: Decimal(text) for key, text in AMOUNTS.items()}, "the cells of payments too"


def test_one_proposal_is_not_half_accepted() -> None:
    with pytest.raises(WorkspaceError, match="涉及6个单元格"):
        settled(action=Action.OVERRIDE, value="300")


def test_the_contract_typed_in_yuan_too_is_among_them() -> None:
    found = magnitude(in_yuan(合同金额=Decimal(2865000)))
    assert [code for code, _ in found] == ["READ-50"]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (clean(), []),
        (filled(预算资金=Decimal(3_000_000)), ["READ-45"]),
        (filled(预算资金=Decimal(3_000_000), 实际到位资金=Decimal(2_900_000)), ["READ-45"] * 2),
        (in_yuan("支付明细_支付金额_1", "支付明细_支付金额_2"), ["READ-45"] * 4),
        (in_yuan(factor=1_000_000), ["READ-45"] * 5),
        (in_yuan("支付明细_支付金额_2"), ["READ-50"]),
    ],
    ids=["nothing", "one cell", "two cells", "a third stays in 万元", "off by a million", "one of six stays in 万元"],
)
def test_what_can_be_doubted_is_asked(data: bytes, codes: list[str]) -> None:
    assert [code for code, _ in magnitude(data)] == codes


def test_rows_of_one_column_are_asked_about_at_once() -> None:
    """Payments typed in 元 under totals in 万元: one question that names the rows, one answer that sets them right."""
    first, second = "支付明细_支付金额_1", "支付明细_支付金额_2"
    data = filled(**{first: Decimal(1_377_500), second: Decimal(1_377_500)})
    (note,) = [note for note in read(data).submission.notes if note.code == "READ-45"]
    assert (note.at.cell, [at.cell for at in note.related]) == (place(first)[1], [place(second)[1]])
    assert f"同列另有1行也是（{place(second)[1]}）" in note.message
    assert dict(settled(data)) == {first: Decimal("137.75"), second: Decimal("137.75")}


def test_a_small_contract_beside_a_large_programme_accuses_nobody() -> None:
    """6,000 万元 of funds beside a contract of 0.6 万元 is odd, and may be so."""
    large = {key: Decimal(text) * 20 for key, text in AMOUNTS.items()}
    assert {code for code, _ in magnitude(filled(**large))} <= {"READ-45", "MAGN-01"}


def test_it_goes_back_to_the_unit_and_into_its_reminder(tmp_path: Path) -> None:
    for name, data in plan(2).items():
        (tmp_path / name).write_bytes(data)
    folder = tmp_path / "江海"
    pipeline.initialise(folder, (tmp_path / "项目清单.xlsx", tmp_path / "方案.xlsx"), NOW)
    evaluation = pipeline.load(folder)
    project = evaluation.roster.projects[0]
    proper = answered(evaluation.template, project)
    yuan = patch_cells(proper, {place(key): typed(key, str(Decimal(text) * 10_000)) for key, text in AMOUNTS.items()})
    (evaluation.workspace.inbox / "1.xlsx").write_bytes(yuan)
    pipeline.generate(evaluation, NOW)
    pipeline.send(evaluation, NOW)
    pipeline.collect(evaluation, (), NOW)
    corrected = pipeline.correct(evaluation, NOW)
    assert [row[0] for row in corrected.rows] == ["1"]
    said = str(pipeline.remind(evaluation, MailOrder(How.NONE, {}), NOW).as_json())
    assert "是以“元”填报的，应以“万元”填报" in said
