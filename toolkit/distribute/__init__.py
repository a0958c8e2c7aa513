"""Distribute: one package for every responsible unit, with its workbooks, a letter and a list of the files.

In: the roster and the stamped collection workbooks (:func:`plan_packages`); what the letter says (`LetterFacts`).
Out: a folder and a zip for each unit (:func:`make_packages`), their events in the ledger (:func:`record_dispatch`).
Both units of a joint project get the same workbook; the first is the lead unit, and the letter tells each which it is.
Running again rewrites nothing that has not changed.
"""

from toolkit.distribute.dispatch import record_dispatch
from toolkit.distribute.letter import LETTER_TEMPLATE, LetterFacts, letter_context, letter_writer
from toolkit.distribute.pack import FILE_LIST_NAME, LETTER_NAME, make_packages
from toolkit.distribute.package import Package, PackagedFile, PackageFile, UnitPackage, plan_packages

__all__ = [
    "FILE_LIST_NAME",
    "LETTER_NAME",
    "LETTER_TEMPLATE",
    "LetterFacts",
    "Package",
    "PackageFile",
    "PackagedFile",
    "UnitPackage",
    "letter_context",
    "letter_writer",
    "make_packages",
    "plan_packages",
    "record_dispatch",
]
