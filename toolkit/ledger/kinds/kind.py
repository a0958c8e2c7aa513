"""The kinds of event: each with its name as it is stored and its Chinese name."""

from enum import StrEnum
from typing import Self


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
    PRIOR_TAKEN = "prior_taken", "接续上年评价"
