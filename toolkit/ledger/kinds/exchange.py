"""What went out to units and what came back: workbooks, packages, mails, files."""

from collections.abc import Mapping

from toolkit.ledger.details import Details, details_of, if_any, kept
from toolkit.ledger.kinds.kind import EventKind

NOT_COUNTED = -1
"""Stands for the pages of what is no evidence."""


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


@details_of(EventKind.RETURNED_FOR_CORRECTION)
class ReturnedForCorrection(Details):
    """A return was sent back: asked are code and place of each finding, opened the keys of the cells left open."""

    round: int = kept("轮次", before=1)
    places: int = kept("问题数", before=0)
    file: str = kept("文件", before="")
    sha256: str = kept("整改表", before="")
    asked: tuple[tuple[str, str], ...] = kept("问题", before=())
    opened: tuple[str, ...] = kept("开放", before=())


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


@details_of(EventKind.FORM_IMPORTED)
class FormImported(OfAFile):
    """A declared-targets form or last year's form was read."""


@details_of(EventKind.PRIOR_TAKEN)
class PriorTaken(OfAFile):
    """What last year's evaluation found came in from its archive: name and sha256 of that, the evaluation's id."""

    archive: str = kept("归档包")
    sha256: str = kept("归档包校验值")
    evaluation: str = kept("上年评价标识")
