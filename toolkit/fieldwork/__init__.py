"""现场核查: what is looked at on site, drawn by a sample anybody can draw again, and what was found read back.

In: the values a unit reported, findings, evidence. Out: a printable workbook for each project; and from a filled one
the verified values with who found them on what paper. It opens and writes no file.
"""

from toolkit.fieldwork.paper import FieldPaper, PaperRow, field_workbook
from toolkit.fieldwork.reading import FieldReading, Verified, read_paper
from toolkit.fieldwork.sampling import METHODS, Item, Sample, draw

__all__ = [
    "METHODS",
    "FieldPaper",
    "FieldReading",
    "Item",
    "PaperRow",
    "Sample",
    "Verified",
    "draw",
    "field_workbook",
    "read_paper",
]
