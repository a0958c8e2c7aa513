"""Any text made fit for XML and for the eye: what cannot be stored or shown becomes visible, never nothing."""

import re
from collections.abc import Callable

REPLACEMENT = "□"
MARK_OPEN, MARK_MIDDLE, MARK_CLOSE = "\ue000", "\ue001", "\ue002"
"""Put around a figure while a Word template is rendered; no other text may hold them."""

_NOT_IN_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_UNSTORABLE = re.compile(f"[{_NOT_IN_XML}]")
# Besides: C1 controls, direction overrides that reorder what is read, the three marks of figures, noncharacters.
_UNPRINTABLE = re.compile(f"[{_NOT_IN_XML}\x7f-\x9f\u202a-\u202e\u2066-\u2069{MARK_OPEN}-{MARK_CLOSE}\ufdd0-\ufdef]")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
_LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def printable(text: str) -> str:
    """The text with single line feeds for line ends and every unprintable character as a visible □."""
    if text.isprintable():  # as nearly all texts are; no character that either pattern looks for is
        return text
    return _UNPRINTABLE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", text))


def storable_in_xml(text: str, symbol: Callable[[str], str]) -> str:
    """The text with each character that XML cannot hold replaced by its symbol, everything else as it is."""
    return _UNSTORABLE.sub(lambda match: symbol(match[0]), text)


def escaped(text: str) -> str:
    """A text as XML character data.

    Not the function of xml.sax.saxutils: with it comes all that opens addresses on the net, a twentieth of a start.
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def kept_as_it_is(text: str) -> str:
    """A text of a workbook in which nothing is taken for one of Excel's codes of a character, ``_x000D_``."""
    return _LOOKS_CODED.sub("_x005F_", text) if "_x" in text else text
