"""``jixiao survey``: answers of a questionnaire read apart, cleaned, counted, and entered as values of an indicator."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import perf_counter

from toolkit.collect import read_plain
from toolkit.errors import SchemeError, WorkspaceError
from toolkit.excel.files import sha256_of, write_atomic
from toolkit.excel.grids import plain_grids
from toolkit.handover import Thing
from toolkit.ledger import EventKind, NewEvent
from toolkit.model import (
    WHOLE_EVALUATION,
    Finding,
    ScoredObject,
    Sentence,
    Severity,
    Survey,
    is_sound,
)
from toolkit.pipeline.intake.answers_file import AnswersFile
from toolkit.pipeline.intake.originals import keep_original
from toolkit.pipeline.intake.survey_values import survey_values
from toolkit.pipeline.intake.surveyed import Surveyed
from toolkit.pipeline.plan.decisions import beside, known_of
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.plan.own_files import read_own
from toolkit.pipeline.plan.surveys import SurveyedValue
from toolkit.pipeline.progress import Progress, silent
from toolkit.survey import (
    COLUMN_KEY,
    OPTION_KEY,
    Answers,
    Export,
    SurveyResult,
    built_in_survey,
    mapping_sheets,
    open_export,
    read_answers,
    read_mapping,
    result_workbook,
    results_of,
)
from toolkit.survey import (
    Mapping as Remembered,
)
from toolkit.survey.instrument import DEGREES
from toolkit.text.folding import compared

MAPPING = "问卷对照.xlsx"
FOLDER = "11-问卷"


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """What is imported: ``survey`` and ``project`` may be "" where there is only one, or a column names projects."""

    file: Path
    survey: str = ""
    project: str = ""


def import_survey(
    evaluation: Evaluation,
    request: SurveyRequest,
    now: datetime,
    progress: Progress = silent,
    file: AnswersFile | None = None,
) -> Surveyed:
    """Read an exported file and enter its result; anything in doubt leaves everything as it was.

    ``file``: the file of the request, where somebody has begun to read it.

    Raises:
        WorkspaceError: no such file, survey or project.
        UnreadableFileError: the file holds no table.
    """
    with file or AnswersFile(request.file) as answers:
        progress("读取答卷", 0, 1)
        done = _import(evaluation, request, answers, now)
        progress("读取答卷", 1, 1)
        return done


def _import(evaluation: Evaluation, request: SurveyRequest, file: AnswersFile, now: datetime) -> Surveyed:
    data, started = file.data, perf_counter()
    export = open_export(file.grids(), file.name)
    survey = _survey(evaluation, request.survey, export)
    path = evaluation.workspace.root / MAPPING
    remembered = read_own(path, read_mapping) if path.exists() else Remembered()
    answers = read_answers(export, survey, remembered)
    projects, wrong = _projects(evaluation, request.project, answers)
    findings = (*answers.findings, *wrong)
    digest = sha256_of(data)
    if not is_sound(findings):
        mapping = _remember(evaluation, path, remembered, (answers, survey), now)
        return Surveyed(export.file, digest, survey, (), findings, mapping=mapping, seconds=perf_counter() - started)
    results = results_of(answers, survey, projects)
    values, doubts = survey_values(evaluation, results, digest, export.file)
    book = _keep(evaluation, data, digest, results, answers)
    _record(evaluation, values, digest, export.file, now)
    seconds = perf_counter() - started
    told = (*findings, *doubts, *_disputes(evaluation))
    return Surveyed(export.file, digest, survey, results, told, tuple(values), book, seconds=seconds)


def read_again(
    evaluation: Evaluation, data: bytes, code: str, project: str, remembered: Remembered
) -> tuple[tuple[SurveyResult, ...], Answers]:
    """The results of an original on record, computed anew.

    Raises:
        UnreadableFileError, WorkspaceError: it cannot be read any more.
    """
    export = open_export(read_plain(data, "", plain_grids)[1], "")
    known = {survey.code for survey in evaluation.scheme.surveys}
    survey = _survey(evaluation, code if code in known else "", export)
    answers = read_answers(export, survey, remembered)
    return results_of(answers, survey, _projects(evaluation, project, answers)[0]), answers


def results_file(evaluation: Evaluation, code: str, digest: str) -> Path:
    """Where the workbook of results stands."""
    return evaluation.workspace.root / FOLDER / f"问卷结果-{code}-{digest[:8]}.xlsx"


def _survey(evaluation: Evaluation, code: str, export: Export) -> Survey:
    surveys = {survey.code: survey for survey in evaluation.scheme.surveys}
    if code and code not in surveys:
        raise WorkspaceError(f"方案《问卷》中没有编号“{code}”", what_to_do=f"现有：{'、'.join(surveys) or '没有'}")
    if code or len(surveys) == 1:
        return surveys[code or next(iter(surveys))]
    if surveys:
        raise WorkspaceError("方案中有几份问卷", what_to_do=f"用 --survey 写明是哪一份：{'、'.join(surveys)}")
    weighted = [known for known in evaluation.scheme.indicators if known.rule_kind == "likert_weighted"]
    if len(weighted) != 1:
        advice = "在方案.xlsx 中加工作表《问卷》《问卷题目》，写明题目、选项和计入哪个指标（见 docs/问卷.md）"
        raise SchemeError("方案中没有问卷", where=evaluation.workspace.scheme, what_to_do=advice)
    survey = built_in_survey(export, weighted[0])
    if not survey.questions:
        advice = "在方案.xlsx 中加工作表《问卷》《问卷题目》（见 docs/问卷.md）"
        words = f"文件中没有答案全是{'、'.join(DEGREES)}的题目，方案也没有写问卷"
        raise SchemeError(words, where=export.file, what_to_do=advice)
    return survey


def _projects(evaluation: Evaluation, given: str, answers: Answers) -> tuple[Mapping[str, str], list[Finding]]:
    """What stands in the file → project id."""
    roster, whole = evaluation.roster, evaluation.scheme.scored_object is ScoredObject.WHOLE
    known = {compared(project.name): project.id for project in roster.projects}
    known |= {project.id: project.id for project in roster.projects}
    written = set(answers.projects)
    if given and given != WHOLE_EVALUATION and roster.project(given) is None:
        raise WorkspaceError(f"项目清单中没有序号“{given}”", what_to_do="按项目清单的序号填写 --project")
    if written <= {""}:
        only = WHOLE_EVALUATION if whole else roster.projects[0].id if len(roster.projects) == 1 else ""
        if not (given or only):
            advice = "用 --project 写明项目序号；一份答卷文件有几个项目的，要有一列写项目名称或序号"
            raise WorkspaceError("没有写明是哪个项目的问卷", what_to_do=advice)
        return {"": given or only}, []
    places = {text: compared(text) for text in written}
    unknown = [text for text in sorted(written) if places[text] not in known]
    column = next(column.number for column in answers.columns if column.use == "项目")
    findings = [_unknown_project(answers, text, column) for text in unknown[:20]]
    found = {text: known[place] for text, place in places.items() if place in known}
    others = sorted({project for project in found.values() if given and project != given})
    if others:
        words = Sentence.saying(
            "文件里有项目{listed}的答卷，命令写的是项目{given}", listed="、".join(others), given=given
        )
        advice = "去掉 --project，或另存只有该项目的答卷"
        findings.append(Finding("SURVEY-05", Severity.ERROR, answers.export.head_at(column), words, advice))
    return found, findings


def _unknown_project(answers: Answers, text: str, column: int) -> Finding:
    index = answers.projects.index(text)
    words = Sentence.saying(
        "项目“{text}”不在项目清单中（共{count}份答卷）", text=text[:40], count=answers.projects.count(text)
    )
    advice = "与项目清单的名称或序号写成一样；这一列不是项目的，在问卷对照.xlsx 中改写用途"
    return Finding("SURVEY-05", Severity.ERROR, answers.export.at(answers.rows[index], column), words, advice)


def _remember(
    evaluation: Evaluation, path: Path, remembered: Remembered, asked: tuple[Answers, Survey], now: datetime
) -> Path | None:
    """问卷对照.xlsx with the open questions of this file; one with mistakes is left to its author."""
    from toolkit.pipeline.plan.rewriting import rewrite

    if remembered.findings:
        return None
    columns, options = mapping_sheets(remembered, *asked)
    with Outputs(evaluation.workspace, now) as outputs:
        rewrite(outputs, path, ((columns, COLUMN_KEY), (options, OPTION_KEY)))
    return path


def _keep(
    evaluation: Evaluation, data: bytes, digest: str, results: tuple[SurveyResult, ...], answers: Answers
) -> Path:
    """The original by its hash, and the workbook of results."""
    keep_original(evaluation.workspace, data, digest)
    names = {project.id: project.name for project in evaluation.roster.projects}
    path = results_file(evaluation, results[0].survey.code if results else "无", digest)
    path.parent.mkdir(exist_ok=True)
    write_atomic(path, result_workbook(results, answers, names))
    return path


def _disputes(evaluation: Evaluation) -> list[Finding]:
    """What other laptops imported differently; the words for it come with much else, so only where they are needed."""
    if not evaluation.disputed:
        return []
    from toolkit.pipeline.intake.disputes import disputes_of

    return disputes_of(evaluation, EventKind.SURVEYED)


def _once(value: SurveyedValue) -> dict[str, object]:
    values = {item: str(number) for item, number in value.values}
    return {"指标": value.indicator, "问卷": value.survey, "取值": values, "说明": value.words}


def _record(evaluation: Evaluation, values: list[SurveyedValue], digest: str, file: str, now: datetime) -> None:
    """Note the values; one that stands already, be it in dispute, is not said again."""
    known = known_of(evaluation.workspace, EventKind.SURVEYED)
    events = []
    for value in values:
        standing = known.get(Thing(EventKind.SURVEYED, value.project, value.indicator), ())
        if digest in {event.subject for event in standing} and len(standing) > 1:
            continue
        replaces = beside(evaluation.workspace, standing)
        once = f"surveyed:{digest}:{value.project}:{_once(value)}" + (f":{'+'.join(replaces)}" if replaces else "")
        events.append(NewEvent(value.details(file, replaces), now, once, value.project, subject=digest))
    with evaluation.workspace.ledger() as ledger:
        ledger.record_many(events)
