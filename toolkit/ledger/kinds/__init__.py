"""Every kind of event: its name as it is stored, its Chinese name, and what it says; a module a family.

A new kind is a line of :class:`EventKind`, a class in the module of its family and its name here: what is imported here
can be read again. What is stored stays: never rename a kind or a key, and give a field that is added to a kind
``before=`` or a default, because events of earlier versions lack it.
"""

from toolkit.ledger.kinds.decisions import Action, Chosen, Decision, Judged, LossWritten, Resolved, Surveyed
from toolkit.ledger.kinds.exchange import (
    NOT_COUNTED,
    Dispatched,
    FileReceived,
    FormImported,
    Generated,
    MailAccepted,
    MailFetched,
    MailRefused,
    MailStarted,
    OfAFile,
    OfAMail,
    Read,
    Refused,
    ReminderSent,
    ReturnedForCorrection,
)
from toolkit.ledger.kinds.kind import EventKind
from toolkit.ledger.kinds.opinions import OpinionsAsked, OpinionSettled, OpinionsReceived
from toolkit.ledger.kinds.scorebooks import (
    Item,
    RulingMade,
    ScorebookIssued,
    ScorebookLocked,
    ScorebookUnlocked,
    Stored,
)
from toolkit.ledger.kinds.work import (
    Aggregated,
    Approved,
    Checked,
    Drafted,
    Initialised,
    LedgerMoved,
    LogMerged,
    Noted,
    PartHandedOver,
    Reported,
    Scored,
    Signed,
)

__all__ = [
    "NOT_COUNTED",
    "Action",
    "Aggregated",
    "Approved",
    "Checked",
    "Chosen",
    "Decision",
    "Dispatched",
    "Drafted",
    "EventKind",
    "FileReceived",
    "FormImported",
    "Generated",
    "Initialised",
    "Item",
    "Judged",
    "LedgerMoved",
    "LogMerged",
    "LossWritten",
    "MailAccepted",
    "MailFetched",
    "MailRefused",
    "MailStarted",
    "Noted",
    "OfAFile",
    "OfAMail",
    "OpinionSettled",
    "OpinionsAsked",
    "OpinionsReceived",
    "PartHandedOver",
    "Read",
    "Refused",
    "ReminderSent",
    "Reported",
    "Resolved",
    "ReturnedForCorrection",
    "RulingMade",
    "ScorebookIssued",
    "ScorebookLocked",
    "ScorebookUnlocked",
    "Scored",
    "Signed",
    "Stored",
    "Surveyed",
]
