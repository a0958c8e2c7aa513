"""Every kind of event: its name as it is stored, its Chinese name, and what it says.

A new kind is a line of :class:`EventKind` and a class here. What is stored stays: never rename a kind or a key, and
give a field that is added to a kind ``before=`` or a default, because events of earlier versions lack it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, DecimalException
from enum import StrEnum
from typing import Self, TypeAlias

from toolkit.ledger.details import Details, details_of, if_any, kept

Item: TypeAlias = tuple[str, str, str]
"""Project, indicator and item that marks are given for."""
Stored: TypeAlias = tuple[str, ...]
"""A value of double scoring: ``("数", "3.5")``, ``("字", "优")`` or nothing for a blank."""
NOT_COUNTED = -1
"""Stands for the pages of what is no evidence."""
_LARGEST = 26
"""Digits before the point that a verified number may have."""


class EventKind(StrEnum):
    """The kinds of thing that happen in an evaluation, with the Chinese name users read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """A member is stored as its value and has a label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    INITIALISED = "initialised", "建立评价"
    GENERATED = "generated", "生成采集表"
    DISPATCHED = "dispatched", "下发"
    REMINDED = "reminded", "催报"
    RECEIVED = "received", "收到报送件"
    READ = "read", "读取成功"
    REFUSED = "refused", "拒收"
    CHOSEN = "chosen", "指定报送件"
    CHECKED = "checked", "核查"
    RETURNED_FOR_CORRECTION = "returned_for_correction", "退回整改"
    RESOLVED = "resolved", "问题销号"
    SCORED = "scored", "评分"
    AGGREGATED = "aggregated", "汇总"
    REPORTED = "reported", "出具报告"
    DRAFTED = "drafted", "存稿"
    APPROVED = "approved", "审定"
    MAIL_STARTED = "mail_started", "邮件发出"
    MAIL_ACCEPTED = "mail_accepted", "邮件已被接收"
    MAIL_REFUSED = "mail_refused", "邮件被退回"
    FETCHED = "fetched", "收取邮件附件"
    HANDED_OVER = "handed_over", "移交"
    MERGED = "merged", "合并"
    JUDGED = "judged", "评审意见"
    LOSS_WRITTEN = "loss_written", "失分情况"
    SIGNED = "signed", "复核签字"
    NOTED = "noted", "复核意见"
    SURVEYED = "surveyed", "导入问卷"
    SCOREBOOK_ISSUED = "scorebook_issued", "发打分册"
    SCOREBOOK_LOCKED = "scorebook_locked", "锁定打分册"
    SCOREBOOK_UNLOCKED = "scorebook_unlocked", "退回打分册补打"
    ADJUDICATED = "adjudicated", "差异裁定"
    OPINIONS_ASKED = "opinions_asked", "征求意见"
    OPINIONS_RECEIVED = "opinions_received", "收到单位意见"
    OPINION_SETTLED = "opinion_settled", "单位意见处理"
    LEDGER_MOVED = "ledger_moved", "台账搬移"
    FORM_IMPORTED = "form_imported", "导入申报表或上年自评表"


@details_of(EventKind.INITIALISED)
class Initialised(Details):
    """An evaluation was set up, or a colleague's part of it: who, which projects, the hash of 评审意见.xlsx then."""

    person: str | None = if_any("姓名", default=None)
    projects: tuple[str, ...] | None = if_any("项目", default=None)
    number: str | None = if_any("编号", default=None)
    opinions: str | None = if_any("评审意见", default=None)


@details_of(EventKind.GENERATED)
class Generated(Details):
    """A collection workbook was written; the subject is its sha256."""


@details_of(EventKind.DISPATCHED)
class Dispatched(Details):
    """A package for a unit: its name, the projects in it, its files with their sha256."""

    archive: str = kept("下发包")
    projects: tuple[str, ...] = kept("项目序号")
    files: Mapping[str, str] = kept("文件")


@details_of(EventKind.REMINDED)
class ReminderSent(Details):
    """A unit was reminded of these projects."""

    not_returned: tuple[str, ...] = kept("未报送项目")
    refused: tuple[str, ...] = kept("未能接收项目")
    to_correct: tuple[str, ...] = kept("须更正项目")


@details_of("")
class OfAFile(Details):
    """What is said of every file that came in: the name it came under."""

    file: str = kept("文件名")


@details_of(EventKind.RECEIVED)
class FileReceived(OfAFile):
    """A file came in; the subject is its sha256."""

    size: int = kept("字节数", before=0)
    folder: str = kept("所在", before="")


@details_of(EventKind.READ)
class Read(OfAFile):
    """A return was read, with what the unit says of findings; or evidence was looked at, which has its kind here.

    ``pages`` of evidence is None where they cannot be counted. ``codes`` are what the QR codes of forms say on a scan.
    """

    said: tuple[tuple[str, str, str], ...] = if_any("单位说明", default=())
    evidence: str | None = if_any("佐证", default=None)
    folder: str | None = if_any("所在", default=None)
    size: int | None = if_any("字节数", default=None)
    pages: int | None = if_any("页数", default=NOT_COUNTED)
    openable: bool | None = if_any("可打开", default=None)
    codes: tuple[str, ...] = if_any("二维码", default=())
    code_damaged: bool = if_any("二维码看不清", default=False)


@details_of(EventKind.REFUSED)
class Refused(OfAFile):
    """A file was not taken as a return."""

    cause: str = kept("类别", before="")
    reason: str = kept("原因", before="")


@details_of("")
class Decision(Details):
    """What every decision of a person says where several laptops decide.

    ``replaces`` are the hashes of decisions in other logs that its author knew of; ``settled_by`` and ``settled_why``
    are there where a third person let it stand.
    """

    settled_by: str | None = if_any("裁定人", default=None)
    settled_why: str | None = if_any("裁定理由", default=None)
    replaces: tuple[str, ...] = if_any("取代", default=())

    @property
    def deciders(self) -> tuple[str, ...]:
        """The names of those who decided."""
        return tuple(filter(None, (*self._named(), self.settled_by)))

    @property
    def outcome(self) -> tuple[str, ...]:
        """What makes two decisions different; their reasons may differ."""
        return ()

    @property
    def why(self) -> str:
        """The reason given, "" for none."""
        return ""

    def _named(self) -> tuple[str, ...]:
        return ()


@details_of(EventKind.CHOSEN)
class Chosen(Decision, OfAFile):
    """One of several returns is the one that counts; the subject is its sha256."""

    by: str = kept("指定人")
    reason: str = kept("理由")

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.by,)


@details_of(EventKind.CHECKED)
class Checked(Details):
    """The list of findings was written; the subject is its sha256."""

    findings: int = kept("发现数")


@details_of(EventKind.RETURNED_FOR_CORRECTION)
class ReturnedForCorrection(Details):
    """A return was sent back: asked are code and place of each finding, opened the keys of the cells left open."""

    round: int = kept("轮次", before=1)
    places: int = kept("问题数", before=0)
    file: str = kept("文件", before="")
    sha256: str = kept("整改表", before="")
    asked: tuple[tuple[str, str], ...] = kept("问题", before=())
    opened: tuple[str, ...] = kept("开放", before=())


class Action(StrEnum):
    """What was done about a finding."""

    ACCEPT = "采纳建议"
    OVERRIDE = "核定"
    WAIVE = "豁免"


@details_of(EventKind.RESOLVED)
class Resolved(Decision):
    """What a person decided about a finding; the subject is its code.

    ``number`` tells a verified number from a text; ``row`` is what the other cells of a verified cell of a repeated
    table said, by which its row is known again; ``workbook`` and ``cell`` are where fieldwork wrote it.
    """

    action: Action = kept("处理")
    key: str = if_any("填报项", default="")
    value: str = if_any("核定值", default="")
    number: bool = if_any("数值", default=False)
    by: str = if_any("处理人", default="")
    reason: str = if_any("理由", default="")
    basis: str = if_any("依据", default="")
    reviewer: str = if_any("复核人", default="")
    until: date | None = if_any("有效期至", default=None)
    row: tuple[str, ...] = if_any("明细行", default=())
    workbook: str = if_any("底稿", default="")
    cell: str = if_any("单元格", default="")

    def __post_init__(self) -> None:
        """A verified number is one."""
        if self.number:
            _number("核定值", self.value)

    @property
    def verified(self) -> Decimal | str:
        """The verified value."""
        return _number("核定值", self.value) if self.number else self.value

    @property
    def outcome(self) -> tuple[str, ...]:
        """Action, value, and how long it holds."""
        return (self.action, self.value, self.until.isoformat() if self.until else "")

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.by, self.reviewer)


@details_of(EventKind.SCORED)
class Scored(Details):
    """Projects were scored."""


@details_of(EventKind.AGGREGATED)
class Aggregated(Details):
    """The master workbook was written; the subject is its sha256."""


@details_of(EventKind.REPORTED)
class Reported(Details):
    """A report was written: with page numbers in its contents or not, and what became of a person's changes."""

    file: str = kept("文件名")
    paged: bool = if_any("目录页码", default=False)
    edited: str | None = if_any("人工修改", default=None)


@details_of(EventKind.DRAFTED)
class Drafted(Details):
    """A numbered draft was kept: its files, and the files they were made of, with their sha256."""

    number: int = kept("编号")
    stage: str = kept("稿次")
    folder: str = kept("文件夹")
    files: Mapping[str, str] = kept("文件")
    sources: Mapping[str, str] = kept("来源")


@details_of(EventKind.APPROVED)
class Approved(Details):
    """Something was approved."""


@details_of("")
class OfAMail(Details):
    """What is said of every mail: which, its subject line, how many times it was tried."""

    mail: str = kept("邮件")
    subject: str = kept("主题")
    attempt: int = kept("次数")


@details_of(EventKind.MAIL_STARTED)
class MailStarted(OfAMail):
    """Only the last dot is missing; the event's subject is the address."""


@details_of(EventKind.MAIL_ACCEPTED)
class MailAccepted(OfAMail):
    """The server has taken it."""

    answer: str = kept("服务器答复")


@details_of(EventKind.MAIL_REFUSED)
class MailRefused(OfAMail):
    """This attempt certainly failed."""

    reason: str = kept("原因")


@details_of(EventKind.FETCHED)
class MailFetched(Details):
    """An attachment was saved from a mail, or a mail is done with."""

    file: str | None = if_any("文件名", default=None)
    saved_as: str | None = if_any("保存为", default=None)
    sender: str = kept("发件人")
    subject: str = kept("主题")
    attachments: int | None = if_any("附件数", default=None)
    message_id: str | None = if_any("邮件标识", default=None)


@details_of(EventKind.HANDED_OVER)
class PartHandedOver(Details):
    """Projects went to a colleague, or the work came back (then ``opinions`` is the hash of 评审意见.xlsx)."""

    to: str = kept("对象")
    projects: tuple[str, ...] | None = if_any("项目", default=None)
    opinions: str | None = if_any("评审意见", default=None)


@details_of(EventKind.MERGED)
class LogMerged(Details):
    """Another laptop's log came in: whose, how many events, the last one's hash, the originals that came along."""

    person: str = kept("姓名")
    events: int = kept("条数")
    last_hash: str = kept("校验值")
    originals: tuple[str, ...] = kept("原件")


@details_of(EventKind.JUDGED)
class Judged(Decision):
    """A row of 评审意见.xlsx."""

    value: str = if_any("核定值", default="")
    reason: str = if_any("理由", default="")
    evidence: str = if_any("佐证", default="")
    evaluator: str = if_any("评价人", default="")
    reviewer: str = if_any("复核人", default="")
    indicator: str = kept("指标")
    item: str = kept("取值项")

    @property
    def outcome(self) -> tuple[str, ...]:
        """The verified value."""
        return (self.value,)

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.evaluator, self.reviewer)


@details_of(EventKind.LOSS_WRITTEN)
class LossWritten(Decision):
    """What a person wrote into a row of 《失分情况》."""

    fact: str = if_any("事实", default="")
    cause: str = if_any("原因", default="")
    advice: str = if_any("建议", default="")
    evidence: str = if_any("佐证", default="")
    evaluator: str = if_any("评价人", default="")

    @property
    def outcome(self) -> tuple[str, ...]:
        """Everything that reports print of it."""
        return (self.fact, self.cause, self.advice, self.evidence)

    def _named(self) -> tuple[str, ...]:
        return (self.evaluator,)


@details_of(EventKind.SIGNED)
class Signed(Details):
    """An indicator of a project was signed at a level, with the hashes of everything it then rested on."""

    level: str = kept("级别")
    by: str = kept("签字人")
    inputs: Mapping[str, str] = kept("输入")


@details_of(EventKind.NOTED)
class Noted(Details):
    """A review note was put (then with its place), answered or closed (then the subject is the note)."""

    action: str = kept("动作")
    by: str = kept("姓名")
    text: str = kept("文字")
    indicator: str | None = if_any("指标", default=None)
    place: str | None = if_any("位置", default=None)


@details_of(EventKind.SURVEYED)
class Surveyed(Decision, OfAFile):
    """What a questionnaire gives an indicator: input → value, and one sentence on where it comes from."""

    indicator: str = kept("指标")
    survey: str = kept("问卷")
    values: Mapping[str, Decimal] = kept("取值")
    words: str = kept("说明")

    @property
    def outcome(self) -> tuple[str, ...]:
        """What enters the indicator."""
        return tuple(f"{name} {number}" for name, number in sorted(self.values.items()))


@details_of(EventKind.SCOREBOOK_ISSUED)
class ScorebookIssued(Details):
    """A scorer (the subject) was given a book of these items."""

    items: tuple[Item, ...] = kept("打分项")


@details_of(EventKind.SCOREBOOK_LOCKED)
class ScorebookLocked(Decision, OfAFile):
    """A scorer's book came back and was locked: project, indicator, item, value, reason and evidence of each mark."""

    sha256: str = kept("校验值")
    marks: tuple[tuple[str, str, str, Stored, str, str], ...] = kept("打分")

    @property
    def outcome(self) -> tuple[str, ...]:
        """The marks; the workbook around them may differ."""
        return tuple(" ".join((*item, *value)) for *item, value, _reason, _evidence in sorted(self.marks))

    def __post_init__(self) -> None:
        """Every mark is a number, a text or blank."""
        for *_, value, _reason, _evidence in self.marks:
            _check_stored("打分", value)


@details_of(EventKind.SCOREBOOK_UNLOCKED)
class ScorebookUnlocked(Details):
    """A locked book was handed back because of blanks; ``lock`` is the once-key of what locked it."""

    lock: str = kept("锁定")
    by: str = kept("退回人")
    reason: str = kept("理由")
    blank: int = kept("空白", before=0)


@details_of(EventKind.ADJUDICATED)
class RulingMade(Decision):
    """A difference between two scorers was settled."""

    item: Item = kept("打分项")
    value: Stored = kept("裁定值")
    reason: str = kept("理由")
    by: str = kept("裁定人")
    settled_by: str | None = if_any("最终裁定人", default=None)

    @property
    def outcome(self) -> tuple[str, ...]:
        """The value."""
        return self.value[1:]

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.by,)

    def __post_init__(self) -> None:
        """The value is a number, a text or blank."""
        _check_stored("裁定值", self.value)


@details_of(EventKind.OPINIONS_ASKED)
class OpinionsAsked(Details):
    """A unit was asked for its opinion on these lines: project, indicator, score."""

    lines: tuple[tuple[str, str, str], ...] = kept("行")


@details_of(EventKind.OPINIONS_RECEIVED)
class OpinionsReceived(Decision, OfAFile):
    """A unit's opinions: project, indicator, score, wish, reason, basis of each."""

    seal: str = kept("校验码")
    opinions: tuple[tuple[str, str, str, str, str, str], ...] = kept("意见")

    @property
    def outcome(self) -> tuple[str, ...]:
        """Everything the unit says."""
        return tuple(" ".join(filter(None, row)) for row in sorted(self.opinions))


@details_of(EventKind.OPINION_SETTLED)
class OpinionSettled(Decision):
    """How a unit's opinion (the subject) was settled."""

    indicator: str = kept("指标")
    before: str = kept("原得分")
    result: str = kept("处理结果")
    reason: str = kept("处理理由")
    value: str = kept("改后值")
    by: str = kept("处理人")

    @property
    def outcome(self) -> tuple[str, ...]:
        """The result, and the score it asks for."""
        return (self.result, self.value)

    @property
    def why(self) -> str:
        """The reason."""
        return self.reason

    def _named(self) -> tuple[str, ...]:
        return (self.by,)


@details_of(EventKind.LEDGER_MOVED)
class LedgerMoved(Details):
    """The ledger went from one place to another."""

    before: str = kept("由")
    after: str = kept("至")


@details_of(EventKind.FORM_IMPORTED)
class FormImported(OfAFile):
    """A declared-targets form or last year's form was read."""


def _number(key: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except DecimalException:
        raise ValueError(f"“{key}”不是数字：{text[:30]}") from None
    if not number.is_finite() or number.adjusted() >= _LARGEST:
        raise ValueError(f"“{key}”不是可用的数字：{text[:30]}")
    return number


def _check_stored(key: str, value: Stored) -> None:
    if value and (len(value) != 2 or value[0] not in ("数", "字")):
        raise ValueError(f"“{key}”不是应有的样式：{'、'.join(value)[:30]}")
    if value and value[0] == "数":
        _number(key, value[1])
