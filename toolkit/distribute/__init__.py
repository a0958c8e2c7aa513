"""Distribute: one package for every responsible unit, with its workbooks, a letter and a list of the files.

In: the roster and the stamped collection workbooks (:func:`plan_packages`);
what the letter says (:class:`toolkit.model.LetterFacts`).
Out: a folder and a zip for each unit (:func:`make_packages`), their events in the ledger (:func:`record_dispatch`).
Both units of a joint project get the same workbook; the first is the lead unit, and the letter tells each which it is.
Running again rewrites nothing that has not changed.

By mail: who gets it (:func:`recipients`), what it says (:func:`dispatch_mail`, :func:`reminder_mail`), drafts
(:func:`write_drafts`) or the round itself (:func:`plan_post`, :func:`post`), and what is answered (:func:`replies`).
"""

from toolkit.distribute.account import Account, Security, imap_account, keep_password, sender_address, smtp_account
from toolkit.distribute.dispatch import record_dispatch
from toolkit.distribute.dispatch_mail import dispatch_mail
from toolkit.distribute.drafts import write_drafts
from toolkit.distribute.journal import Journal
from toolkit.distribute.letter import LETTER_TEMPLATE, letter_context, letter_writer
from toolkit.distribute.message import Attachment, Mail, Sender, is_safe_in_header, why_unsafe
from toolkit.distribute.pack import FILE_LIST_NAME, LETTER_NAME, make_packages, zipped
from toolkit.distribute.package import Package, PackagedFile, PackageFile, UnitPackage, plan_packages
from toolkit.distribute.post import Posting, PostState, plan_post, post
from toolkit.distribute.postman import Postman
from toolkit.distribute.recipients import Recipient, is_address, recipients
from toolkit.distribute.reminder import (
    REMINDER_TEMPLATE,
    CellToCorrect,
    Deadline,
    Lack,
    MissingCell,
    OpenProject,
    Reminder,
    reminder_context,
)
from toolkit.distribute.reminder_mail import reminder_mail
from toolkit.distribute.replies import Reply, can_fetch, replies
from toolkit.distribute.smtp import can_send

__all__ = [
    "FILE_LIST_NAME",
    "LETTER_NAME",
    "LETTER_TEMPLATE",
    "REMINDER_TEMPLATE",
    "Account",
    "Attachment",
    "CellToCorrect",
    "Deadline",
    "Journal",
    "Lack",
    "Mail",
    "MissingCell",
    "OpenProject",
    "Package",
    "PackageFile",
    "PackagedFile",
    "PostState",
    "Posting",
    "Postman",
    "Recipient",
    "Reminder",
    "Reply",
    "Security",
    "Sender",
    "UnitPackage",
    "can_fetch",
    "can_send",
    "dispatch_mail",
    "imap_account",
    "is_address",
    "is_safe_in_header",
    "keep_password",
    "letter_context",
    "letter_writer",
    "make_packages",
    "plan_packages",
    "plan_post",
    "post",
    "recipients",
    "record_dispatch",
    "reminder_context",
    "reminder_mail",
    "replies",
    "sender_address",
    "smtp_account",
    "why_unsafe",
    "write_drafts",
    "zipped",
]
