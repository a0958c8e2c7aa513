"""Every cell of the workbook as generated that is no slot: its place, content and squeezed content.

Worked out once for all files of a batch.
"""

from collections import Counter
from dataclasses import dataclass

from toolkit.collect.anchors import address
from toolkit.model import Layout
from toolkit.text.folding import squeeze


@dataclass(frozen=True, slots=True)
class FixedText:
    """One cell as generated; ``count``: how many cells of its sheet hold the same."""

    row: int
    column: int
    content: str
    squeezed: str
    count: int


@dataclass(frozen=True, slots=True)
class FixedTexts:
    """All of them by sheet, in order of place."""

    by_sheet: dict[str, tuple[FixedText, ...]]


def fixed_texts(layout: Layout) -> FixedTexts:
    """The fixed cells of a layout; those without content are left out."""
    contents = [
        (sheet, *address(ref), content, squeeze(content)) for (sheet, ref), content in layout.fixed.items() if content
    ]
    counts = Counter((sheet, squeezed) for sheet, _, _, _, squeezed in contents)
    by_sheet: dict[str, list[FixedText]] = {}
    for sheet, row, column, content, squeezed in contents:
        text = FixedText(row, column, content, squeezed, counts[sheet, squeezed])
        by_sheet.setdefault(sheet, []).append(text)
    return FixedTexts({sheet: tuple(texts) for sheet, texts in by_sheet.items()})
