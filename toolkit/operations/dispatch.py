"""Operations towards units: forms, packages, letters, mails, reminders."""

import os
from typing import TYPE_CHECKING

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter

if TYPE_CHECKING:
    from toolkit.pipeline.dispatch.mailing import MailOrder

_MAIL = (
    Parameter(
        "email",
        Kind.FLAG,
        "发送邮件",
        "逐单位发送邮件（SMTP 设置取自环境变量 JIXIAO_SMTP_HOST 等或系统钥匙串）",
        "--email",
        default=False,
    ),
    Parameter(
        "drafts",
        Kind.FLAG,
        "写成草稿",
        "逐单位写成 .eml 邮件草稿，双击即可在邮件程序中发送",
        "--drafts",
        default=False,
    ),
    Parameter(
        "dry_run", Kind.FLAG, "试运行", "只列出谁会收到什么，不写文件、不发送、不记台账", "--dry-run", default=False
    ),
    Parameter(
        "resend",
        Kind.FLAG,
        "重发",
        "对上次结果不明的单位重发（默认不重发，以免重复）",
        "--resend",
        default=False,
    ),
)


def _order(asked: Asked) -> "MailOrder":
    from toolkit.pipeline.dispatch.mailing import How, MailOrder

    if asked["email"] and asked["drafts"]:
        raise BadRequest("--email 和 --drafts 只能选一个")
    how = How.EMAIL if asked["email"] else How.DRAFTS if asked["drafts"] else How.NONE
    return MailOrder(How.PREVIEW if asked["dry_run"] else how, os.environ, asked["resend"])


def _generate(asked: Asked) -> Done:
    from toolkit import pipeline

    made = pipeline.generate(pipeline.load(asked.workspace), asked.now, asked.tell)
    return Done(made.as_json(), result=made)


def _send(asked: Asked) -> Done:
    from toolkit import pipeline

    order = _order(asked)
    done = pipeline.send_mail(pipeline.load(asked.workspace), order, asked.now, asked.tell)
    return Done(done.as_json(), done.ok, done)


def _remind(asked: Asked) -> Done:
    from toolkit import pipeline

    order = _order(asked)
    done = pipeline.remind(pipeline.load(asked.workspace), order, asked.now, asked.tell)
    return Done(done.as_json(), done.ok, done)


generate = Operation("generate", "生成采集表", "为每个项目生成一份指标信息核查采集表。", _generate)
send = Operation(
    "send",
    "生成并打包下发",
    "按责任单位打包（文件夹和压缩包），附通知函，并记入台账；可逐单位发送邮件或写成邮件草稿。",
    _send,
    _MAIL,
    page="下发",
)
remind = Operation(
    "remind",
    "催报",
    "催报：谁未报送、谁须更正、还剩几天；逐单位生成催报函，列明所缺单元格；可用邮件发送。",
    _remind,
    _MAIL,
    page="收件",
)
