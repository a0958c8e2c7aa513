"""Text from a unit, made safe to print: what cannot be shown becomes □, never nothing."""

import re

REPLACEMENT = "□"
MARK_OPEN, MARK_MIDDLE, MARK_CLOSE = "\ue000", "\ue001", "\ue002"

# Not allowed in XML, C1 controls, direction overrides that reorder what is read, the three marks of figures.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ue000-\ue002]"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


def printable(text: str) -> str:
    """The text with single line feeds for line ends and every unprintable character as a visible □."""
    return _UNPRINTABLE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", text))
