"""Signs that a compiled template prints beside its text, for what is decided when a document is rendered.

They are noncharacters, which no text may hold: :func:`toolkit.ooxml.printable.printable` takes them out of values, and
a template that holds one is finished as a tree.
"""

import re

VALUE, VALUE_END = "\ufdd0", "\ufdd1"
"""Around the number of a printed value, while the template is a tree."""
CAPTION = "\ufdd2"
"""Before a paragraph in the style of captions."""
TABLE, TREE_TABLE, TABLE_END = "\ufdd3", "\ufdd4", "\ufdd5"
"""Around a table that is shaped as text, or as a tree."""
ROW = "\ufdd6"
"""Before a row of a table shaped as text."""
WIDTH = "\ufdda"
"""Before a table whose columns are counted, and before the width of each of its cells."""
CELL_END = "\ufdd7"
"""At the end of a cell whose last paragraph may fall away."""
DRAWING = "\ufdd8"
"""The number of a drawing."""
BETWEEN = "\ufdd9"
"""Between pieces that are parsed together."""
RUN = "\ufde0"
"""Around the number of a run with figures, which is written when the document is (see figure_runs)."""
KEPT = {
    "\ufddc": ("<w:keepNext/>", ""),
    "\ufddd": ("<w:pPr><w:keepNext/></w:pPr>", "<w:pPr/>"),
    "\ufdde": ("<w:pPr><w:keepNext/></w:pPr>", ""),
    "\ufddf": ("<w:p><w:pPr><w:keepNext/></w:pPr></w:p>", "<w:p/>"),
}
"""Where a paragraph is kept with the next: sign → what stands there where it is, and where it is not."""
IN_PROPERTIES, NO_PROPERTIES_YET, WITHOUT_PROPERTIES, WHOLE_PARAGRAPH = KEPT
ANY_SIGN = re.compile("[\ufdd0-\ufdef]")
_PLAIN = {
    **dict.fromkeys(range(0xFDD0, 0xFDF0), ""),
    **{ord(sign): plain for sign, (_, plain) in KEPT.items()},
    ord(DRAWING): "0",
}


def without_signs(text: str) -> str:
    """The text as the template has it."""
    return text.translate(_PLAIN)
