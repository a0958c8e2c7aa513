"""``jixiao people sign``: sign-offs at three levels, in the log, held against what counts now."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from operator import attrgetter

from toolkit.errors import WorkspaceError
from toolkit.ledger import Anchor, Event, EventKind, Ledger, ProblemKind, read_line
from toolkit.ledger.chain import find_problems
from toolkit.ledger.kinds import Signed
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.people import LEVELS, ROLE_OF, Fallen, Place, Signature, digest, reviews
from toolkit.pipeline.examine.noting import notes_in
from toolkit.pipeline.examine.results import results
from toolkit.pipeline.examine.review_board import ReviewBoard, by_project, write_board
from toolkit.pipeline.examine.review_inputs import inputs_now, pending_lines
from toolkit.pipeline.examine.teaming import team_of
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.logs import OWN
from toolkit.text.folding import person

_LISTED = 30
_ALTERED, _LOST = "签字记录被改动", "签字记录被改动或删除"


def review_board(evaluation: Evaluation, now: datetime, *, write: bool = False, new: int = 0) -> ReviewBoard:
    """Where the review of everything stands now; ``write`` puts it into 三级复核表.xlsx."""
    return _board(evaluation, inputs_now(evaluation, results(evaluation, now.date())), now, write=write, new=new)


def _board(
    evaluation: Evaluation, inputs: Mapping[Place, Mapping[str, str]], now: datetime, *, write: bool, new: int = 0
) -> ReviewBoard:
    with evaluation.workspace.ledger() as ledger:
        broken = _broken(evaluation, ledger)
        signatures = [_signature(event, why) for event, why in _on_record(evaluation, ledger, EventKind.SIGNED, broken)]
        noted = [event for event, why in _on_record(evaluation, ledger, EventKind.NOTED, broken) if why != _ALTERED]
        notes = notes_in(sorted(noted, key=attrgetter("at")))
    found = reviews(inputs, signatures, notes)
    findings = (*(_fell(signed) for review in found.values() for signed in review.fallen), *_gone(inputs, signatures))
    board = ReviewBoard(None, found, notes, findings, new)
    if not write:
        return board
    return ReviewBoard(write_board(evaluation, board, now), found, notes, board.findings, new)


def _broken(evaluation: Evaluation, ledger: Ledger) -> set[tuple[str, int]]:
    """Log and number of every event that was altered."""
    wrong: set[tuple[str, int]] = set()
    for log in ledger.logs():
        end = Anchor(log[-1].seq, log[-1].hash) if log else Anchor(0, "")
        name = log[0].log if log else ""
        problems = find_problems(log, end, evaluation.workspace.key)
        altered = (problem.seq for problem in problems if problem.kind is ProblemKind.ALTERED)
        wrong |= {(name, seq) for seq in altered}
    return wrong


def _on_record(
    evaluation: Evaluation, ledger: Ledger, kind: EventKind, broken: Collection[tuple[str, int]]
) -> list[tuple[Event, str]]:
    """Events of a kind, each with what is wrong with its record.

    Of events altered in the ledger or gone from it, what the written-out log still has is told too.
    """
    held = [(event, _ALTERED if (event.log, event.seq) in broken else "") for event in ledger.events(kind)]
    intact = {event.hash for event, why in held if not why}
    written = [(event, _LOST) for event in _written(evaluation, kind) if event.hash not in intact]
    return [*(pair for pair in held if not pair[1] or pair[0].readable), *written]


def _written(evaluation: Evaluation, kind: EventKind) -> list[Event]:
    """Events of a kind in the written-out log of this laptop."""
    path = evaluation.workspace.logs / OWN
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    read = (read_line(line) for line in lines if f'"{kind}"' in line)
    return [event for event in read if event and event.kind == kind]


def _signature(event: Event, broken: str) -> Signature:
    said = event.says(Signed)
    return Signature(
        event.project, event.subject, said.level, said.by, event.moment[:16], dict(said.inputs), broken
    )  # fmt: skip


def _gone(inputs: Mapping[Place, object], signatures: Iterable[Signature]) -> Iterator[Finding]:
    """Signatures over what is not evaluated any more: an indicator or a project taken out after it was signed."""
    own = (given for given in signatures if given.broken != _ALTERED)
    last = {(given.project, given.indicator, given.level): given for given in own}
    for signed in (given for given in last.values() if (given.project, given.indicator) not in inputs):
        words = Sentence.saying(
            "项目{project}指标{indicator}已不评价，原有{level}签字（{by}，{at}）",
            project=signed.project,
            indicator=signed.indicator,
            level=signed.level,
            by=signed.by,
            at=signed.at,
        )
        hint = "核对方案、项目清单中这个指标或项目为什么删去或不再适用，把理由写入评价说明；误删的恢复，签字随之有效"
        yield Finding(
            "SIGN-02", Severity.WARNING, CellRef("台账"), words, hint, project=signed.project,
            indicator=signed.indicator,
        )  # fmt: skip


def _fell(fallen: Fallen) -> Finding:
    one = fallen.signature
    why = "、".join(fallen.why)
    changed = why if one.broken else f"{why}有改动"
    hint = "看过改动以后重新签字（jixiao people sign）；只有这一处要重签"
    if fallen.twice:
        changed = f"同一指标的{fallen.twice}也是{one.by}在另一台电脑上签的，各级须由不同的人签"
        hint = f"{one.level}由另一人签字（jixiao people sign）"
    words = Sentence.saying(
        "项目{project}指标{indicator}的{level}签字（{by}，{at}）不再有效：{changed}",
        project=one.project,
        indicator=one.indicator,
        level=one.level,
        by=one.by,
        at=one.at,
        changed=changed,
    )
    return Finding(
        "SIGN-01", Severity.ERROR, CellRef("台账"), words, hint, project=one.project, indicator=one.indicator, found=why
    )


def sign(
    evaluation: Evaluation, level: str, by: str, projects: tuple[str, ...], indicators: tuple[str, ...], now: datetime
) -> ReviewBoard:
    """Sign all indicators of some projects (or some of them) at a level; all or none.

    Raises:
        WorkspaceError: what stands against any of it, all at once; nothing was received yet.
    """
    with evaluation.workspace.ledger() as ledger:
        if not ledger.events(EventKind.RECEIVED):
            raise WorkspaceError("还没有收到报送件，没有可签的内容", what_to_do="先运行 jixiao collect")
    by = person(by)
    scored = results(evaluation, now.date())
    current = inputs_now(evaluation, scored)
    board = _board(evaluation, current, now, write=False)
    places = _places(board, projects, indicators)
    waiting = pending_lines(scored.sheets)
    against = _not_for(evaluation, {place[0] for place in places}, level, by, now)
    troubles = [(*place, "还没有评定，或其数据还有疑问") for place in places if place in waiting]
    troubles += [(*place, words) for place in places for words in _against(board, place, level, by)]
    against += by_project(troubles, board.order)
    if against:
        listed = "\n".join(f"  {words}" for words in against[:_LISTED])
        more = f"\n  ……共{len(against)}处" if len(against) > _LISTED else ""
        raise WorkspaceError(f"不能签{level}：\n{listed}{more}", what_to_do="按所列逐条处理后再签；一处也没有签")
    with evaluation.workspace.ledger() as ledger, ledger.batch():
        new = sum(
            ledger.record(
                Signed(level=level, by=by, inputs=current[place]),
                at=now,
                once=f"signed:{level}:{place}:{by}:{digest(current[place])}",
                project=place[0],
                subject=place[1],
            )
            for place in places
        )
    return _board(evaluation, current, now, write=True, new=new)


def _places(board: ReviewBoard, projects: tuple[str, ...], indicators: tuple[str, ...]) -> list[Place]:
    known = {project for project, _ in board.reviews}
    codes = {code for _, code in board.reviews}
    unknown = [f"项目{project}" for project in projects if project not in known] + [
        f"指标{indicator}" for indicator in indicators if indicator not in codes
    ]
    places = [place for place in board.reviews if place[0] in (projects or known) and place[1] in (indicators or codes)]
    if unknown or not places:
        words = f"没有：{'、'.join(unknown)}" if unknown else "没有可签的指标"
        raise WorkspaceError(words, what_to_do="用 jixiao people states 查看项目序号和指标编号")
    return places


def _against(board: ReviewBoard, place: Place, level: str, by: str) -> Iterator[str]:
    review = board.reviews[place]
    above = LEVELS[: LEVELS.index(level)]
    for before in above:
        if before not in review.signed:
            yield f"还没有有效的{before}签字"
    for other, signature in review.signed.items():
        if other != level and signature.by == by:
            yield f"的{other}是“{by}”签的，不能再签{level}"
    if level != LEVELS[0]:
        yield from (f"的复核意见{note.id}（{note.author}）还没有关闭" for note in review.open_notes)


def _not_for(evaluation: Evaluation, projects: Iterable[str], level: str, by: str, now: datetime) -> list[str]:
    """Who may not sign: nobody's name, somebody not assigned in that role, somebody who must keep out."""
    if not by:
        return ["没有写签字人（--by）"]
    team = team_of(evaluation, now)
    if team is None:
        return []
    found = []
    for project in sorted(projects, key=lambda one: (len(one), one)):
        if why := team.why_not(by, project):
            found.append(f"“{by}”须回避项目{project}：{why}")
        elif by not in team.on_project(project, ROLE_OF[level]):
            found.append(f"“{by}”不是项目{project}的{ROLE_OF[level]}（见工作组.xlsx《分工》）")
    return found


def refuse_final(evaluation: Evaluation, now: datetime) -> None:
    """A final report needs every signature and no open note; a draft for comments needs neither.

    Raises:
        WorkspaceError: what is missing, listed.
    """
    board = review_board(evaluation, now, write=True)
    blockers = board.blockers()
    if blockers:
        listed = "\n".join(f"  {words}" for words in blockers[:_LISTED])
        more = f"\n  ……共{len(blockers)}处，见{board.file}" if len(blockers) > _LISTED else ""
        advice = "补签、关闭后再出终稿；征求意见稿不受限制（不加 --final）"
        raise WorkspaceError(f"还不能出终稿：\n{listed}{more}", what_to_do=advice)
