"""A reply workbook that came back: every opinion, and every mistake at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.consultation.opinion import AskedLine, Issue, UnitOpinion, Wish, same_score, wish_of
from toolkit.consultation.reply import HEADINGS, OWNER, OWNER_HEADINGS, REPLY
from toolkit.excel.book import Book
from toolkit.excel.table import TableRow, read_table
from toolkit.model import CellRef, Finding, Sentence, Severity

_LONGEST = 2000
"""Longer text than this is no reason but a document. Units: characters."""
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """One reply: whose, under which seal, what it says, what is wrong; with a finding nothing of it counts."""

    unit: str
    seal: str
    opinions: tuple[UnitOpinion, ...]
    findings: tuple[Finding, ...]

    @property
    def usable(self) -> bool:
        """Nothing is wrong."""
        return bool(self.unit) and not self.findings


def read_reply(book: Book, workbook: str, issues: Sequence[Issue], evaluation: str) -> ReplyReading:
    """What a unit says; ``issues`` are all workbooks that were given out, ``evaluation`` is the evaluation's id."""
    table = read_table(book, workbook, REPLY, HEADINGS)
    owner = read_table(book, workbook, OWNER, OWNER_HEADINGS)
    findings = [*table.findings, *owner.findings]
    if table.unreadable or owner.unreadable or len(owner.rows) != 1:
        words = "这不是意见回复表，或《标识》一页被删改"
        findings.append(Finding("OPINION-01", Severity.ERROR, CellRef(workbook), words, "用发出的意见回复表填写"))
        return ReplyReading("", "", (), tuple(findings))
    issue, wrong = _issue(owner.rows[0], issues, evaluation)
    findings += wrong
    if issue is None:
        return ReplyReading("", "", (), tuple(findings))
    everywhere = {line.project for other in issues for line in other.lines}
    opinions = [_opinion(row, issue, everywhere, findings) for row in table.rows]
    findings += _gaps(workbook, table.rows, issue)
    said = tuple(opinion for opinion in opinions if opinion)
    return ReplyReading(issue.unit, issue.seal, said, tuple(findings))


def _issue(row: TableRow, issues: Sequence[Issue], evaluation: str) -> tuple[Issue | None, list[Finding]]:
    """The workbook this one was; where only its unit is known, the last of that unit, so that its rows can be told."""
    unit, seal = row.text("单位"), row.text("校验码")
    by_unit = next((issue for issue in reversed(issues) if issue.unit == unit), None)
    if row.text("评价标识") != evaluation:
        words, hint = "这是另一次评价的意见回复表", "用本次评价发出的意见回复表填写"
        return by_unit, [Finding("OPINION-02", Severity.ERROR, row.at("评价标识"), words, hint)]
    issue = next((known for known in issues if known.seal == seal), None)
    if issue is None:
        words, hint = "校验码不对：不是本次发出的意见回复表", "用发出的意见回复表填写，《标识》一页不要改动"
        return by_unit, [Finding("OPINION-01", Severity.ERROR, row.at("校验码"), words, hint)]
    if issue.unit != unit:
        told = Sentence.saying("意见回复表是发给{unit}的，单位写的是“{typed}”", unit=issue.unit, typed=unit[:_SHOWN])
        hint = "每个单位只填自己的意见回复表"
        return issue, [Finding("OPINION-03", Severity.ERROR, row.at("单位"), told, hint, found=unit[:_SHOWN])]
    return issue, []


def _opinion(row: TableRow, issue: Issue, everywhere: set[str], findings: list[Finding]) -> UnitOpinion | None:
    project, indicator, typed, reason = (row.text(heading) for heading in ("项目序号", "指标", "意见", "理由"))
    wish = wish_of(typed, indicator)
    lines = {line.place: line for line in issue.lines}
    line = lines.get((project, indicator))
    wrong = [*(_misplaced(project, indicator, issue, everywhere) if line is None else ()), *_faults(row, line)]
    findings += [
        Finding(code, Severity.ERROR, row.at(heading), words, hint, project[:_SHOWN], indicator[:_SHOWN],
                row.text(heading)[:80])
        for code, heading, words, hint in wrong
    ]  # fmt: skip
    if wrong or line is None or wish in ("", Wish.NONE):
        return None
    return UnitOpinion(issue.unit, project, indicator, line.before, wish, reason, row.text("依据"))


def _misplaced(project: str, indicator: str, issue: Issue, everywhere: set[str]) -> list[tuple[str, str, str, str]]:
    if project not in {line.project for line in issue.lines}:
        whose = f"不是{issue.unit}的项目" if project in everywhere else "不在本次评价中"
        words = f"项目“{project[:_SHOWN]}”{whose}"
        return [("OPINION-04", "项目序号", words, "只对本单位的项目提意见；删除这一行")]
    words = f"项目{project}没有指标“{indicator[:_SHOWN]}”"
    return [("OPINION-05", "指标", words, "恢复发出时的指标；对别的内容有意见的，写在“其他”一行")]


def _faults(row: TableRow, line: AskedLine | None) -> list[tuple[str, str, str, str]]:
    """What is wrong with what the unit typed: (code, heading, words, what to do)."""
    typed, reason = row.text("意见"), row.text("理由")
    wish = wish_of(typed, row.text("指标"))
    faults = []
    if line and not same_score(row.text("原得分"), line.before):
        words = f"原得分应为{line.before}，表中是“{row.text('原得分')[:_SHOWN]}”"
        faults.append(("OPINION-07", "原得分", words, "恢复原得分；不同意的写在意见和理由中"))
    if wish and wish not in tuple(Wish):
        words = f"意见“{typed[:_SHOWN]}”不在选项内（{'、'.join(Wish)}）"
        faults.append(("OPINION-06", "意见", words, "从列表中选择，要说的话写在“理由”"))
    elif wish not in ("", Wish.NONE) and not reason:
        faults.append(("OPINION-06", "理由", "提了意见没有写理由", "写明理由，并在“依据”写明材料"))
    elif wish in ("", Wish.NONE) and (reason or row.text("依据")):
        faults.append(
            ("OPINION-06", "意见", "写了理由或依据，没有选择意见", "从列表中选择意见；没有意见的清空理由和依据")
        )
    faults += [
        ("OPINION-06", heading, f"“{heading}”超过{_LONGEST}字", "写明要点，详细材料另附")
        for heading in ("理由", "依据")
        if len(row.text(heading)) > _LONGEST
    ]
    return faults


def _gaps(workbook: str, rows: Sequence[TableRow], issue: Issue) -> list[Finding]:
    by_place: dict[tuple[str, str], list[TableRow]] = {}
    for row in rows:
        by_place.setdefault((row.text("项目序号"), row.text("指标")), []).append(row)
    asked = {line.place for line in issue.lines}
    findings = [
        Finding("OPINION-05", Severity.ERROR, again.at("指标"),
        Sentence.saying(
            "项目{project}的“{indicator}”写了不止一行",
            project=place[0], indicator=place[1],
        ),
                "每项只保留一行，意见写在一起", *place)
        for place, together in by_place.items()
        for again in together[1:]
        if place in asked
    ]  # fmt: skip
    if lost := [line.place for line in issue.lines if line.place not in by_place]:
        words = Sentence.saying(
            "少了{count}行：{listed}", count=len(lost), listed="、".join(" ".join(place) for place in lost[:5])
        )
        place = CellRef(workbook, REPLY)
        findings.append(Finding("OPINION-08", Severity.ERROR, place, words, "恢复被删的行；没有意见的空着"))
    return findings
