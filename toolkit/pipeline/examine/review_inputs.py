"""What a signature is given for: hashes of the file, the values, the rule, the judgement, the evidence, the names."""

from collections.abc import Iterable, Mapping

from toolkit.excel.files import sha256_of
from toolkit.model import WHOLE_EVALUATION, LineState, ScoreLine, ScoreSheet
from toolkit.people import NAME, PROJECT, Place, digest
from toolkit.pipeline.examine.results import Results
from toolkit.pipeline.intake.originals import original_path
from toolkit.pipeline.intake.returned import Returns
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.review import LOSS_HEADINGS
from toolkit.text import plain

_UNEXPLAINED = "OTHER-"
"""Before an indicator's code: the code of a loss that no row of 问题与建议 explains."""


def inputs_now(evaluation: Evaluation, found: Results) -> dict[Place, dict[str, str]]:
    """Hashes of the inputs of every indicator of every project that has a line for it."""
    known, sheets = found.examined.returns, found.sheets
    said = _said(evaluation)
    return {
        (project, line.code): _inputs(evaluation, known, project, line, said.get((project, line.code), []))
        for project, sheet in sheets.items()
        for line in sheet.own_lines
    }


def _inputs(
    evaluation: Evaluation, known: Returns, project: str, line: ScoreLine, said: Iterable[tuple[str, ...]]
) -> dict[str, str]:
    receipt = known.receipts.get(project)
    files = [receipt.sha256] if receipt else []
    if project == WHOLE_EVALUATION:
        files = sorted(receipt.sha256 for receipt in known.receipts.values())
    indicator = evaluation.scheme.indicator(line.code)
    wanted = frozenset(indicator.evidence if indicator else ())
    evidence = sorted(
        _as_stored(evaluation, item.sha256)
        for item in known.evidence
        if project in (item.project, WHOLE_EVALUATION) and item.item in wanted
    )
    return {
        "原件": digest(files),
        "取值": digest(
            [(asked.local, str(asked.value), asked.source) for asked in line.inputs] + [str(line.score), line.state]
        ),
        "规则": digest([line.rule, line.formula, str(line.full_mark), str(line.effective_mark), line.applies]),
        "评审意见": digest(sorted(said)),
        "佐证": digest(evidence),
        PROJECT: digest(_about(evaluation, project)),
        NAME: digest(line.name),
    }


def _about(evaluation: Evaluation, project_id: str) -> list[object]:
    """What reports print of a project from the roster; other columns are the evaluators' own."""
    project = evaluation.roster.project(project_id)
    if project is None:
        return [evaluation.scheme.title]
    amount = project.contract_amount
    return [project.name, project.year, project.unit, "" if amount is None else plain(amount)]


def _said(evaluation: Evaluation) -> dict[Place, list[tuple[str, ...]]]:
    """What evaluators decided and what they wrote about losses, by project and indicator."""
    indicators = {row.code: row.indicator for row in evaluation.scheme.problems}
    found: dict[Place, list[tuple[str, ...]]] = {}
    for opinion in evaluation.opinions:
        people = (opinion.evaluator, opinion.reviewer)
        judged = (opinion.item, str(opinion.verified), opinion.reason, opinion.evidence, *people)
        found.setdefault((opinion.project, opinion.indicator), []).append(judged)
    for row in evaluation.written_losses:
        if typed := row.typed():
            project, code = row.key
            written = (code, *(typed.get(heading, "") for heading in LOSS_HEADINGS))
            found.setdefault((project, indicators.get(code, code.removeprefix(_UNEXPLAINED))), []).append(written)
    return found


def _as_stored(evaluation: Evaluation, sha256: str) -> str:
    """The hash of an evidence file as it lies there now; "" for one that is gone."""
    path = original_path(evaluation.workspace, sha256)
    return sha256_of(path.read_bytes()) if path.is_file() else ""


def pending_lines(sheets: Mapping[str, ScoreSheet]) -> frozenset[Place]:
    """Indicators still without a judgement, or with a value in doubt: nobody can sign them."""
    return frozenset(
        (project, line.code)
        for project, sheet in sheets.items()
        for line in sheet.own_lines
        if line.state is LineState.PENDING
    )
