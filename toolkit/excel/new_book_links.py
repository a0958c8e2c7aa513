"""Addresses that clicks on cells of a new sheet open, as XML: XlsxWriter would hold thousands of them at once."""

from collections.abc import Callable, Iterator
from itertools import islice

from toolkit.excel.cell_xml import text_xml
from toolkit.excel.new_book import NewLink

Links = Callable[[], Iterator[NewLink]]
MOST_LINKS = 65_530
"""Source: Excel specifications and limits, hyperlinks in a worksheet."""
_BEFORE = b"<printOptions"
"""The element of a sheet's part that links stand in front of."""
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def relations_part(part: str) -> str:
    """Name of the part that says where the links of a sheet's part lead."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def with_links(after: bytes, links: Links) -> Iterator[bytes]:
    """What stands behind the rows of a sheet's part, with its links."""
    ahead, _, rest = after.partition(_BEFORE)
    yield ahead + b"<hyperlinks>"
    for number, link in _numbered(links):
        yield f'<hyperlink ref="{link.cell}" r:id="rId{number}" tooltip="{_attribute(link.tip)}"/>'.encode()
    yield b"</hyperlinks>" + _BEFORE + rest


def relations(links: Links) -> Iterator[bytes]:
    """Where the links lead."""
    yield _HEAD.encode()
    for number, link in _numbered(links):
        target = f'Target="{_attribute(link.address)}" TargetMode="External"'
        yield f'<Relationship Id="rId{number}" Type="{_TYPE}" {target}/>'.encode()
    yield b"</Relationships>"


def _numbered(links: Links) -> Iterator[tuple[int, NewLink]]:
    return enumerate(islice(links(), MOST_LINKS), 1)


def _attribute(text: str) -> str:
    return text_xml(text).replace('"', "&quot;")
