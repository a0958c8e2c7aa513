"""What people see of mail, reminders and the ledger."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from toolkit.cli import tables

if TYPE_CHECKING:
    from rich.console import RenderableType

    from toolkit.pipeline.deliver.verifying_ledger import LedgerVerdict
    from toolkit.pipeline.dispatch.mailing import Dispatched, Mailed
    from toolkit.pipeline.dispatch.reminding import Reminded
    from toolkit.pipeline.intake.fetching import Fetched

Block = Callable[[], "RenderableType"]


def dispatched(result: "Dispatched") -> Sequence[Block]:
    """Packages, then mails."""
    sent, mailed = result.sent, result.mailed
    blocks: list[Block] = []
    if sent is not None:
        blocks += [lambda: tables.sent(sent), lambda: tables.hand_edited(sent)]
    if mailed is not None:
        blocks.append(lambda: mails(mailed))
    if result.warning:
        blocks.append(lambda: result.warning)
    return blocks


def mails(mailed: "Mailed") -> "RenderableType":
    """Who gets what, and what became of it."""
    from toolkit.distribute import PostState

    title = {"preview": "预览，没有发送", "drafts": f"邮件草稿：{mailed.folder}", "email": "邮件"}[mailed.how.value]
    counts = "，".join(f"{state.label}{mailed.count(state)}" for state in PostState if mailed.count(state))
    rows = [
        (
            posting.mail.unit,
            posting.address or "—",
            posting.state.label,
            "、".join(f"{file.name}（{_size(len(file.data))}）" for file in posting.mail.attachments),
            posting.words,
        )
        for posting in mailed.postings
    ]
    return tables.table(f"{title}（{counts}）", ("责任单位", "邮箱", "状态", "附件", "说明"), rows)


def reminded(result: "Reminded") -> Sequence[Block]:
    """Who owes what, where the letters are, then mails."""
    mailed, blocks = result.mailed, [lambda: _owed(result)]
    if result.not_dispatched:
        blocks.append(lambda: f"另有{len(result.not_dispatched)}个项目尚未下发，不催报；请先运行 jixiao send。")
    if result.letters:
        blocks.append(lambda: f"催报函{len(result.letters)}份：{result.letters[0].parent}")
        blocks.append(lambda: tables.hand_edited(result))
    if mailed is not None:
        blocks.append(lambda: mails(mailed))
    return blocks


def _owed(reminded: "Reminded") -> "RenderableType":
    if not reminded.reminders:
        return "没有需要催报的单位。"
    rows = [
        (reminder.unit, owed.project.name, owed.lack.label, str(len(owed.missing)), str(len(owed.corrections)))
        for reminder in reminded.reminders
        for owed in reminder.projects
    ]
    title = f"催报（{reminded.deadline.words()}）"
    return tables.table(title, ("责任单位", "项目", "状态", "须填写", "须更正"), rows)


def fetched(result: "Fetched") -> "RenderableType":
    """Attachments saved."""
    rows = [(file.sender, file.subject, file.name or "—", file.problem or _size(file.size)) for file in result.files]
    saved = sum(not file.problem for file in result.files)
    title = f"新邮件{result.mails}封，收取附件{saved}个：{result.folder}"
    return tables.table(title, ("发件人", "主题", "保存为", "说明"), rows)


def ledger(said: "LedgerVerdict") -> "RenderableType":
    """Sound, or every place where the chain does not hold."""
    if said.ok:
        return f"台账完好：{said.events}条事件，未发现改动。末条校验值：{said.anchor.hash}"
    rows = [(str(problem.seq), problem.message) for problem in said.problems]
    return tables.table(f"台账被改动过（{len(rows)}处）", ("序号", "问题"), rows)


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024))} KB" if size < 1_000_000 else f"{size / 1_048_576:.1f} MB"
