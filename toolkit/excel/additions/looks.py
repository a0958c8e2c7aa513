"""Cell styles of one workbook added to the styles of another; each is copied once."""

from copy import deepcopy
from dataclasses import dataclass, field

from toolkit.excel.write import ordered_fonts
from toolkit.ooxml.parse import Element, parse_xml, serialise

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PART = "xl/styles.xml"
_FIRST_OWN_FORMAT = 164
"""Number formats below are built into every program. Source: ISO/IEC 29500-1, 18.8.30."""
_AFTER_DXFS = ("tableStyles", "colors", "extLst")


@dataclass(slots=True)
class Looks:
    """Copies styles from ``source`` to ``target``, both styles parts."""

    source: Element
    target: Element
    cells: dict[int, int] = field(default_factory=dict)
    others: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, source: bytes, target: bytes) -> "Looks":
        """Read both parts."""
        return cls(parse_xml(_PART, source), parse_xml(_PART, target))

    def written(self) -> bytes:
        """The target part."""
        return ordered_fonts(serialise(self.target))

    def cell(self, index: int) -> int:
        """The number of a cell style in the target."""
        if index not in self.cells:
            every = list(self._group(self.source, "cellXfs"))
            if index >= len(every):
                return 0
            made = deepcopy(every[index])
            for name, group in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders")):
                made.set(name, str(self._copied(group, int(made.get(name, "0")))))
            made.set("numFmtId", str(self._format(int(made.get("numFmtId", "0")))))
            made.set("xfId", "0")
            self.cells[index] = self._append("cellXfs", made)
        return self.cells[index]

    def condition(self, index: int) -> int:
        """The number of a conditional format's style in the target."""
        return self._copied("dxfs", index)

    def _copied(self, group: str, index: int) -> int:
        key = (group, index)
        if key not in self.others:
            every = list(self._group(self.source, group))
            if index >= len(every):
                return 0
            self.others[key] = self._append(group, deepcopy(every[index]))
        return self.others[key]

    def _format(self, number: int) -> int:
        if number < _FIRST_OWN_FORMAT:
            return number
        code = next(
            (
                form.get("formatCode")
                for form in self._group(self.source, "numFmts")
                if form.get("numFmtId") == str(number)
            ),
            None,
        )
        if code is None:
            return 0
        there = self._group(self.target, "numFmts", first=True)
        for known in there:
            if known.get("formatCode") == code:
                return int(known.get("numFmtId", "0"))
        taken = [int(one.get("numFmtId", "0")) for one in there]
        made = there.makeelement(
            f"{_NS}numFmt", {"numFmtId": str(max([_FIRST_OWN_FORMAT - 1, *taken]) + 1), "formatCode": code}
        )
        self._append("numFmts", made)
        return int(made.get("numFmtId", "0"))

    def _append(self, group: str, made: Element) -> int:
        there = self._group(self.target, group, first=group == "numFmts")
        there.append(made)
        there.set("count", str(len(there)))
        return len(there) - 1

    @staticmethod
    def _group(root: Element, name: str, *, first: bool = False) -> Element:
        found = root.find(f"{_NS}{name}")
        if found is not None:
            return found
        made = root.makeelement(f"{_NS}{name}")
        if first:
            root.insert(0, made)
            return made
        later = next((one for one in root if str(one.tag).removeprefix(_NS) in _AFTER_DXFS), None)
        root.append(made) if later is None else later.addprevious(made)
        return made
