"""The parts of a workbook and how they refer to each other."""

from dataclasses import dataclass
from functools import cached_property

from toolkit.excel.defined_names import DefinedName, read_main
from toolkit.ooxml.package import PackageLimits, inflate, read_members, refuse
from toolkit.ooxml.parse import Element, checked_xml, children, local_name
from toolkit.ooxml.relations import read_relations, rels_name

_VERDICT = "文件不是 Excel 工作簿"


@dataclass(frozen=True, slots=True)
class Limits(PackageLimits):
    """What a workbook may cost to read; beyond it the file is refused.

    Source: Excel itself writes at most 65,490 cell styles; see :class:`PackageLimits` for the rest.
    """

    sheets: int = 500
    cells: int = 1_000_000
    merges: int = 100_000
    strings: int = 1_000_000
    styles: int = 65_490
    names: int = 100_000


MASTER_LIMITS = Limits(
    file_bytes=400_000_000, member_bytes=1_500_000_000, total_bytes=3_000_000_000, cells=30_000_000, strings=3_000_000
)
"""For a master workbook, which the program wrote and its own user keeps: 10,000 projects have 21 million cells."""


class WorkbookParts:
    """An opened workbook file: its members, their contents, its list of sheets.

    Every XML part has been inflated within the limits and looked through for declarations; pictures and the like stay
    compressed.

    Raises:
        UnreadableFileError: not a workbook, damaged, or built to do harm.
    """

    def __init__(self, data: bytes, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.members = read_members(data, self.limits)
        self.contents = self._inflate_xml()
        self._by_name = {name.casefold(): name for name in self.contents}

    def _inflate_xml(self) -> dict[str, bytes]:
        left = self.limits.total_bytes
        contents = {}
        for name, member in self.members.items():
            if name.casefold().endswith((".xml", ".rels", ".vml")):
                content = inflate(member, min(left, self.limits.member_bytes))
                left -= len(content)
                contents[name] = checked_xml(name, content)
        return contents

    def part(self, name: str) -> tuple[str, bytes] | None:
        """An XML part's real name and content, whatever its letter case; a zip tool may have changed it."""
        real = self._by_name.get(name.casefold())
        return (real, self.contents[real]) if real else None

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (kind, part name) of a part ("" for the package); targets outside the file are left out."""
        found = self.part(rels_name(part))
        known = read_relations(found[1] if found else None, part)
        return {key: (relation.kind.rpartition("/")[2], relation.target) for key, relation in known.items()}

    @property
    def main(self) -> tuple[str, Element]:
        """The workbook part's name and its root element; the defined names may have been taken out of it."""
        return self._main[:2]

    @property
    def names(self) -> list[DefinedName]:
        """The defined names."""
        return self._main[2]

    @cached_property
    def _main(self) -> tuple[str, Element, list[DefinedName]]:
        named = [path for kind, path in self.relations("").values() if kind == "officeDocument"]
        for path in (*named, "xl/workbook.xml"):
            found = self.part(path)
            if found:
                root, names = read_main(*found)
                if local_name(root) == "workbook":
                    return found[0], root, names
        raise refuse(_VERDICT)

    @cached_property
    def main_relations(self) -> dict[str, tuple[str, str]]:
        """The relations of the workbook part."""
        return self.relations(self.main[0])

    def related(self, kind: str) -> tuple[str, bytes] | None:
        """The first part of some kind (sharedStrings, styles …) that the workbook part refers to."""
        paths = [path for found, path in self.main_relations.values() if found == kind]
        return self.part(paths[0]) if paths else None

    @cached_property
    def custom_properties(self) -> tuple[str, bytes] | None:
        """The part with the custom document properties."""
        paths = [path for kind, path in self.relations("").values() if kind == "custom-properties"]
        return self.part(paths[0] if paths else "docProps/custom.xml")

    @cached_property
    def listed(self) -> list[Element]:
        """The workbook's sheet entries in order, chart sheets included."""
        return [item for group in children(self.main[1], "sheets") for item in children(group, "sheet")]

    @cached_property
    def worksheets(self) -> list[tuple[int, Element, str]]:
        """Every worksheet that has a part: position in the list of sheets, its entry there, the part's name.

        An entry that refers to no part shows nothing in Excel; which part it once meant is not guessed.
        """
        result = []
        for index, item in enumerate(self.listed):
            kind, path = self.main_relations.get(_relation_id(item), ("", ""))
            found = self.part(path)
            if kind == "worksheet" and found:
                result.append((index, item, found[0]))
        return result

    def worksheet_part(self, sheet: str) -> str | None:
        """The part of the worksheet with this name; letter case makes no difference."""
        wanted = sheet.casefold()
        return next((path for _, item, path in self.worksheets if (item.get("name") or "").casefold() == wanted), None)


def _relation_id(item: Element) -> str:
    return next((str(value) for key, value in item.attrib.items() if str(key).endswith("}id")), "")
