"""``jixiao people notes``: review notes put at a place, answered by the preparer, closed by their author alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from toolkit.errors import WorkspaceError
from toolkit.ledger import Event, EventKind
from toolkit.ledger.kinds import Noted
from toolkit.model import WHOLE_EVALUATION
from toolkit.people import Note
from toolkit.pipeline.examine.teaming import team_of
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.word.package import body_texts

_NOTE_ID = 8
_PUT, _ANSWER, _CLOSE = "提出", "回复", "关闭"


def notes_in(events: Iterable[Event]) -> tuple[Note, ...]:
    """All notes with their answers, as the log tells them."""
    notes: dict[str, Note] = {}
    for event in events:
        said = event.says(Noted)
        what, who = said.action, said.by
        if what == _PUT:
            note = event.hash[:_NOTE_ID]
            notes[note] = Note(
                note, event.project, said.indicator or "", said.place or "", said.text, who, event.moment[:16],
            )  # fmt: skip
        elif (known := notes.get(event.subject)) is not None:
            answers = (*known.answers, (who, said.text)) if what == _ANSWER else known.answers
            closed = who if what == _CLOSE and who == known.author else known.closed_by
            notes[event.subject] = Note(
                known.id,
                known.project,
                known.indicator,
                known.place,
                known.text,
                known.author,
                known.at,
                answers,
                closed,
            )
    return tuple(notes.values())


@dataclass(frozen=True, slots=True)
class NoteRequest:
    """A note to put (text, and where), to answer (note, text) or to close (note)."""

    by: str
    text: str = ""
    project: str = ""
    indicator: str = ""
    cell: str = ""
    paragraph: str = ""
    answer: str = ""
    close: str = ""


def note(evaluation: Evaluation, asked: NoteRequest, now: datetime) -> bool:
    """Put, answer or close a note; whether that was new.

    Raises:
        WorkspaceError: no such place or note, or not this person's to do.
    """
    by, text = asked.by.strip(), " ".join(asked.text.split())
    if not by or (not text and not asked.close):
        raise WorkspaceError("复核意见要写明姓名和内容", what_to_do="补上 --by 和 --text")
    with evaluation.workspace.ledger() as ledger:
        known = {note.id: note for note in notes_in(ledger.events(EventKind.NOTED))}
    if asked.answer or asked.close:
        about = known.get(asked.answer or asked.close)
        if about is None:
            raise WorkspaceError(
                f"没有编号为“{asked.answer or asked.close}”的复核意见", what_to_do="用 jixiao people notes 查看编号"
            )
        _may(evaluation, about, by, asked, now)
        what, project, subject = (_ANSWER if asked.answer else _CLOSE), about.project, about.id
        details = Noted(action=what, by=by, text=text)
    else:
        project, subject = asked.project, ""
        place = _place_of(evaluation, asked)
        details = Noted(action=_PUT, by=by, text=text, indicator=asked.indicator, place=place)
    with evaluation.workspace.ledger() as ledger:
        once = f"noted:{details.as_json()}:{project}:{subject}"
        return ledger.record(details, at=now, once=once, project=project, subject=subject)


def _may(evaluation: Evaluation, about: Note, by: str, asked: NoteRequest, now: datetime) -> None:
    """Answers come from the preparer, never the author; only the author closes, after an answer."""
    if about.closed_by:
        raise WorkspaceError(f"复核意见{about.id}已由{about.closed_by}关闭", what_to_do="有新的意见请另外提出")
    if asked.close:
        if by != about.author:
            raise WorkspaceError(
                f"复核意见{about.id}只能由提出人“{about.author}”关闭", what_to_do="请提出人看过回复后关闭"
            )
        if not about.answers:
            raise WorkspaceError(f"复核意见{about.id}还没有回复", what_to_do="由评价人回复后再关闭")
        return
    if by == about.author:
        raise WorkspaceError("复核意见由评价人回复，提出人不能自己回复", what_to_do="请该项目的评价人回复")
    team = team_of(evaluation, now)
    preparers = team.on_project(about.project, "评价人") if team else ()
    if team and by not in preparers:
        listed = "、".join(preparers) or "（没有分工）"
        raise WorkspaceError(f"“{by}”不是项目{about.project}的评价人，不能回复", what_to_do=f"由评价人回复：{listed}")


def _place_of(evaluation: Evaluation, asked: NoteRequest) -> str:
    """The place a note is bound to, in words.

    Raises:
        WorkspaceError: there is no such project, indicator, cell or paragraph, or none is named.
    """
    if asked.project != WHOLE_EVALUATION and evaluation.roster.project(asked.project) is None:
        raise WorkspaceError(f"没有项目“{asked.project}”", what_to_do="用 --project 写项目序号")
    if asked.indicator and evaluation.scheme.indicator(asked.indicator) is None:
        raise WorkspaceError(f"方案中没有指标“{asked.indicator}”", what_to_do="按方案的指标编号填写")
    if asked.cell:
        return _cell_place(evaluation, asked.cell)
    if asked.paragraph:
        return _paragraph_place(evaluation, asked.paragraph)
    if not asked.indicator:
        raise WorkspaceError(
            "没有写明意见针对哪里", what_to_do="写指标（--indicator）、单元格（--cell）或段落（--paragraph）"
        )
    return f"指标{asked.indicator}"


def _cell_place(evaluation: Evaluation, cell: str) -> str:
    sheet, _, address = cell.rpartition("!")
    slots = evaluation.template.layout.slots.values()
    if not any((slot.sheet, slot.cell) == (sheet, address.upper()) for slot in slots):
        raise WorkspaceError(f"采集表没有填报格“{cell}”", what_to_do="写成 资金情况!C12 的样式")
    return f"《{sheet}》{address.upper()}"


def _paragraph_place(evaluation: Evaluation, paragraph: str) -> str:
    """A paragraph of a report, named by words that stand in it."""
    wanted = "".join(paragraph.split())
    for path in sorted(evaluation.workspace.reports.glob("*.docx")):
        for number, text in enumerate(body_texts(path.read_bytes()), 1):
            if wanted and wanted in "".join(text.split()):
                return f"“{path.name}”第{number}段：{text[:40]}"
    raise WorkspaceError(f"报告中没有含“{paragraph[:30]}”的段落", what_to_do="照抄该段中的一句话")
