"""``jixiao opinions``: units asked about the draft, their replies taken, opinions settled, moved scores traced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.collect import IsolatedReader
from toolkit.consultation import (
    DRAFT_TEMPLATE,
    Handled,
    Handling,
    Issue,
    Move,
    UnitOpinion,
    draft_context,
    handling_workbook,
    read_handling,
    reply_workbook,
    same_lists,
    same_score,
    seal_of,
)
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.files import safe_file_name
from toolkit.ledger import EventKind
from toolkit.model import CellRef, Finding, Sentence, Severity, is_sound
from toolkit.model.opinion import NOT_APPLICABLE
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.examine.draft_extracts import Draft
from toolkit.pipeline.examine.opinion_doubts import opinion_doubts
from toolkit.pipeline.examine.opinion_replies import Reply, take_replies
from toolkit.pipeline.intake.disputes import disputes_of
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.consulted import (
    asked_event,
    issues_on_record,
    replies_in_force,
    settled_event,
    settlement_in,
    settlements_on_record,
)
from toolkit.pipeline.plan.decisions import beside, known_of
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.letter_facts import facts_of
from toolkit.pipeline.plan.outputs import Outputs
from toolkit.pipeline.progress import Progress, silent

FOLDER, HANDLING_FILE = "15-征求意见", "征求意见处理表.xlsx"
_LENGTH_OF_NAME = 60


@dataclass(frozen=True, slots=True)
class OpinionOrder:
    """What is to be done: replies to take (none: units are asked), or only decisions to be read back.

    ``anew``: units that were asked are asked again, with the scores of now.
    """

    replies: tuple[Path, ...] = ()
    settle: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What one unit gets; ``new`` where it was written now."""

    unit: str
    draft: Path
    reply: Path
    new: bool


@dataclass(frozen=True, slots=True)
class Consulted:
    """Where consultation stands."""

    folder: Path
    asked: tuple[Asked, ...]
    replies: tuple[Reply, ...]
    opinions: tuple[Handled, ...]
    moves: tuple[Move, ...]
    silent: tuple[str, ...]
    file: Path | None
    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing must be corrected."""
        return is_sound(self.findings)

    @property
    def undecided(self) -> tuple[Handled, ...]:
        """Opinions nobody has settled."""
        return tuple(handled for handled in self.opinions if handled.settlement is None)

    def as_json(self) -> Json:
        """The object other tools rely on; scores as they are shown."""
        return {
            "folder": str(self.folder),
            "units": [
                {"unit": asked.unit, "draft": str(asked.draft), "reply": str(asked.reply), "written": asked.new}
                for asked in self.asked
            ],
            "read": [{"file": reply.file, "unit": reply.unit, "opinions": reply.opinions} for reply in self.replies],
            "opinions": [_opinion_json(handled) for handled in self.opinions],
            "undecided": [handled.opinion.id for handled in self.undecided],
            "changed": [
                {
                    "project": move.project, "indicator": move.indicator, "before": move.before, "after": move.after,
                    "opinions": [handled.opinion.id for handled in move.opinions],
                }
                for move in self.moves
            ],
            "no_reply": list(self.silent),
            "file": str(self.file or ""),
            "findings": [found.as_json() for found in self.findings],
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }  # fmt: skip


def _opinion_json(handled: Handled) -> Json:
    opinion, settled = handled.opinion, handled.settlement
    return {
        "id": opinion.id, "unit": opinion.unit, "project": opinion.project, "indicator": opinion.indicator,
        "before": opinion.before, "opinion": opinion.wish, "reason": opinion.reason, "basis": opinion.basis,
        "result": settled.result if settled else "", "result_reason": settled.reason if settled else "",
        "new_value": settled.value if settled else "", "by": settled.by if settled else "", "now": handled.now,
    }  # fmt: skip


def consult(evaluation: Evaluation, order: OpinionOrder, now: datetime, progress: Progress = silent) -> Consulted:
    """Take replies or ask units, then read decisions back, list every opinion and trace every score that moved.

    Raises:
        WorkspaceError: a path is not there, nobody was asked yet, or there is nothing to ask about.
        FileBusyError: a file is open in another program.
    """
    space = evaluation.workspace
    draft = Draft.of(evaluation, now, progress)
    path = space.root / FOLDER / HANDLING_FILE
    with IsolatedReader(evaluation.collecting) as reader:
        # The list before the replies: a decision is on the words that stood there when it was typed.
        handling, findings = _settle(draft, reader, path, now)
        replies, wrong = take_replies(evaluation, reader, order.replies, now) if order.replies else ((), [])
    with Outputs(space, now) as outputs:
        asked = () if order.settle or order.replies else _ask(draft, outputs, now, anew=order.anew)
        opinions, moves = standing_of(draft)
        listed = bool(opinions or path.exists())
        if listed and not findings and not (handling and same_lists(handling, opinions, moves)):
            outputs.put(path, handling_workbook(opinions, moves))
    heard = replies_in_force(space)
    unheard = tuple(dict.fromkeys(issue.unit for issue in issues_on_record(space) if issue.unit not in heard))
    kinds = (EventKind.OPINIONS_RECEIVED, EventKind.OPINION_SETTLED)
    told = opinion_doubts(evaluation, opinions, f"{FOLDER}/{HANDLING_FILE}")
    doubts = (*findings, *wrong, *disputes_of(evaluation, *kinds), *told)
    return Consulted(
        path.parent, asked, replies, opinions, moves, unheard, path if listed else None, doubts,
        outputs.set_aside,
    )  # fmt: skip


def _settle(draft: Draft, reader: IsolatedReader, path: Path, now: datetime) -> tuple[Handling | None, list[Finding]]:
    """Record what was decided in the list; with a mistake anywhere nothing of it is, and the list stays as it is."""
    if not path.exists():
        return None, []
    space = draft.evaluation.workspace
    try:
        book = reader.book(path.read_bytes())
    except UnreadableFileError as error:
        hint = "在 Excel 或 WPS 中打开后另存为 .xlsx，或移走这个文件后重新生成"
        return None, [
            Finding(
                "OPINION-10",
                Severity.ERROR,
                CellRef(path.name),
                Sentence.saying("打不开：{message}", message=error.message),
                hint,
            )
        ]
    known = _opinions(draft)
    projects = {project.id for project in draft.evaluation.roster.projects}
    handling = read_handling(book, path.name, known, draft.full_marks(), projects)
    on_record = {thing.subject: events for thing, events in known_of(space, EventKind.OPINION_SETTLED).items()}
    if handling.findings:
        return handling, list(handling.findings)
    events = [
        settled_event(known[settled.opinion], settled, now, beside(space, standing))
        for settled in handling.settlements
        if settled not in map(settlement_in, standing := on_record.get(settled.opinion, ()))
    ]
    with space.ledger() as ledger:
        ledger.record_many(events)
    return handling, []


def _opinions(draft: Draft) -> dict[str, UnitOpinion]:
    """Id → every opinion in force, in the order of units, projects and indicators."""
    replies = replies_in_force(draft.evaluation.workspace)
    return {opinion.id: opinion for unit in draft.units() if unit in replies for opinion in replies[unit][1]}


def _ask(draft: Draft, outputs: Outputs, now: datetime, *, anew: bool) -> tuple[Asked, ...]:
    """Write for each unit its extract and reply workbook; one that was asked is not asked again unless told so."""
    from toolkit.word.render import compile_template

    if draft.examined is not None and not draft.examined.returns.counting:
        raise WorkspaceError("还没有收到报送件，没有可以征求意见的得分", what_to_do="先运行 jixiao collect")
    evaluation, space = draft.evaluation, draft.evaluation.workspace
    template = compile_template(evaluation.document_template(DRAFT_TEMPLATE), DRAFT_TEMPLATE)
    facts = facts_of(evaluation, now.date(), evaluation.scheme.timetable.correct_by(now.date()))
    known = {issue.unit for issue in issues_on_record(space)}
    asked, events = [], []
    units = draft.units()
    names = _names(tuple(units))
    for unit, projects in units.items():
        word, sheet = _files_for(draft, names[unit])
        if unit in known and not anew and word.exists() and sheet.exists():
            asked.append(Asked(unit, word, sheet, new=False))
            continue
        lines = draft.lines(projects)
        issue = Issue(unit, seal_of(space.key, space.evaluation_id, unit, lines), lines)
        outputs.put(word, template.render(draft_context(draft.extract(unit, projects), facts, sheet.name)))
        outputs.put(sheet, reply_workbook(evaluation.scheme.title, unit, lines, space.evaluation_id, issue.seal))
        events.append(asked_event(issue, now))
        asked.append(Asked(unit, word, sheet, new=True))
    outputs.settle()
    with space.ledger() as ledger:
        ledger.record_many(events)
    return tuple(asked)


def _files_for(draft: Draft, name: str) -> tuple[Path, Path]:
    """Where the extract and the reply workbook of a unit stand."""
    folder = draft.evaluation.workspace.root / FOLDER
    return folder / f"{name}_征求意见稿.docx", folder / f"{name}_意见回复表.xlsx"


def extract_again(draft: Draft, issue: Issue, at: datetime) -> tuple[Path, bytes | None]:
    """The extract a unit got, where it stands; None for its bytes where scores have moved since it was asked."""
    from toolkit.word.render import compile_template

    evaluation, units = draft.evaluation, draft.units()
    word, sheet = _files_for(draft, _names(tuple(units)).get(issue.unit, issue.unit))
    projects = units.get(issue.unit, ())
    now, then = ([(line.place, line.before) for line in lines] for lines in (draft.lines(projects), issue.lines))
    if not projects or now != then:
        return word, None
    template = compile_template(evaluation.document_template(DRAFT_TEMPLATE), DRAFT_TEMPLATE)
    facts = facts_of(evaluation, at.date(), evaluation.scheme.timetable.correct_by(at.date()))
    return word, template.render(draft_context(draft.extract(issue.unit, projects), facts, sheet.name))


def _names(units: Sequence[str]) -> dict[str, str]:
    """Unit → what its files are called; two that would be called alike are numbered."""
    names: dict[str, str] = {}
    for unit in units:
        name = safe_file_name(unit, _LENGTH_OF_NAME)
        taken = {known.casefold() for known in names.values()}
        number = next(count for count in range(1, len(units) + 2) if _numbered(name, count).casefold() not in taken)
        names[unit] = _numbered(name, number)
    return names


def _numbered(name: str, count: int) -> str:
    return name if count == 1 else f"{name}（{count}）"


def standing_of(draft: Draft) -> tuple[tuple[Handled, ...], tuple[Move, ...]]:
    """Every opinion with its decision and the score now; every score that is another than a unit was last shown."""
    space, scheme, now = draft.evaluation.workspace, draft.evaluation.scheme, draft.scores()
    settled = settlements_on_record(space)

    def name_of(code: str) -> str:
        indicator = scheme.indicator(code)
        return indicator.name if indicator else ""

    handled = tuple(
        Handled(
            opinion, draft.name(opinion.project), name_of(opinion.indicator), settled.get(opinion.id),
            now.get(opinion.place, "—"),
        )
        for opinion in _opinions(draft).values()
    )  # fmt: skip
    shown = {issue.unit: issue for issue in issues_on_record(space)}
    before = {line.place: line.before for issue in shown.values() for line in issue.lines}
    moved = {place: score for place, score in now.items() if place in before and not same_score(before[place], score)}
    refolded = {place[0] for place, score in moved.items() if NOT_APPLICABLE in (before[place], score)}
    moves = tuple(
        Move(
            *place[:1], draft.name(place[0]), place[1], name_of(place[1]), before[place], score,
            tuple(opinion for opinion in handled if opinion.opinion.place == place), place[0] in refolded,
        )
        for place, score in moved.items()
    )  # fmt: skip
    return handled, moves
