"""Merging a report that a person edited with a newly generated one.

In: three documents: as last generated, as the person left it, as generated now. Out: :class:`Merged`: the document with
the person's words, formatting, comments, tables and pictures and the new figures, and what a person should look at.
"""

from toolkit.word.merging.merge import Fill, merge_report
from toolkit.word.merging.work import Attention, FigureChange, Merged, Reason

__all__ = ["Attention", "FigureChange", "Fill", "Merged", "Reason", "merge_report"]
