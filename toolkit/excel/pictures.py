"""Pictures of a workbook by the name they bear in it."""

from toolkit.excel.parts import WorkbookParts
from toolkit.ooxml.parse import Element, local_name, parse_xml
from toolkit.ooxml.relations import OFFICE

_EMBEDDED = f"{{{OFFICE}}}embed"
_PNG = ".png"


def named_pictures(parts: WorkbookParts, name: str) -> tuple[str, ...]:
    """The parts that hold the PNGs of some name, each once; a picture's alternative text may bear the name too."""
    found: dict[str, None] = {}
    for _, _, sheet in parts.worksheets:
        for kind, drawing in parts.relations(sheet).values():
            if kind == "drawing" and drawing in parts.contents:
                found |= dict.fromkeys(_pictures(parts, drawing, name))
    return tuple(found)


def _pictures(parts: WorkbookParts, drawing: str, name: str) -> list[str]:
    relations = parts.relations(drawing)
    root = parse_xml(drawing, parts.contents[drawing])
    wanted = (relations.get(_embedded(picture), ("", ""))[1] for picture in _of_name(root, name))
    return [part for part in wanted if part in parts.members and part.casefold().endswith(_PNG)]


def _of_name(root: Element, name: str) -> list[Element]:
    pictures = [element for element in root.iter() if local_name(element) == "pic"]
    return [picture for picture in pictures if any(_bears(element, name) for element in picture.iter())]


def _bears(element: Element, name: str) -> bool:
    texts = (element.get("name") or "", element.get("descr") or "")
    return local_name(element) == "cNvPr" and any(text.startswith(name) for text in texts)


def _embedded(picture: Element) -> str:
    blips = (element for element in picture.iter() if local_name(element) == "blip")
    return next((str(blip.get(_EMBEDDED) or "") for blip in blips), "")
