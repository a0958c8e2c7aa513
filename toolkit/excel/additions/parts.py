"""Parts a sheet refers to (drawings, charts, pictures, notes, tables) copied from one workbook into another."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from posixpath import dirname, relpath, splitext

from toolkit.ooxml.parse import parse_xml, serialise
from toolkit.ooxml.relations import CONTENT_TYPES, TYPES, read_relations, rels_name

_LEFT = ("pivotTable", "printerSettings", "customProperty", "queryTable", "threadedComment", "slicer", "timeline")
_NUMBERED = re.compile(r"\d*$")


@dataclass(slots=True)
class PartCopier:
    """Copies parts under names the target has not.

    Attributes:
        source, target: part name → content; the target is added to.
        change: what is done to each XML part that is copied (name, content) → content.
        left: kinds of parts that were not copied.
    """

    source: dict[str, bytes]
    target: dict[str, bytes]
    change: Callable[[str, bytes], bytes]
    left: set[str] = field(default_factory=set)
    copied: dict[str, str] = field(default_factory=dict)

    def copy(self, name: str) -> str:
        """Copy a part with all it refers to; its name in the target."""
        if name not in self.copied:
            self.copied[name] = made = self._free(name)
            content = self.source[name]
            self.target[made] = b""  # taken, before what it refers to is named
            self.relate(name, made)
            self.target[made] = self.change(name, content) if name.endswith((".xml", ".vml")) else content
            self._declare(name, made)
        return self.copied[name]

    def relate(self, name: str, made: str) -> set[str]:
        """Give a copied part its relations; the ids of those that were left out."""
        rels = self.source.get(rels_name(name))
        if rels is None:
            return set()
        known = read_relations(rels, name)
        root = parse_xml(rels_name(name), rels)
        gone: set[str] = set()
        for item in list(root):
            key, kind = item.get("Id") or "", (item.get("Type") or "").rpartition("/")[2]
            if item.get("TargetMode") == "External":
                continue
            target = known[key].target if key in known else ""
            if kind in _LEFT or target not in self.source:
                self.left.add(kind)
                gone.add(key)
                root.remove(item)
            else:
                item.set("Target", relpath(self.copy(target), dirname(made) or "."))
        self.target[rels_name(made)] = serialise(root)
        return gone

    def _free(self, name: str) -> str:
        stem, ending = splitext(name)
        stem = _NUMBERED.sub("", stem)
        number = 1
        while (made := f"{stem}{900 + number}{ending}") in self.target:
            number += 1
        return made

    def _declare(self, name: str, made: str) -> None:
        """Give a copied part the content type it had."""
        types = parse_xml(CONTENT_TYPES, self.source[CONTENT_TYPES])
        target = parse_xml(CONTENT_TYPES, self.target[CONTENT_TYPES])
        ending = splitext(name)[1].removeprefix(".")
        own = next((one.get("ContentType") for one in types if one.get("PartName") == f"/{name}"), None)
        by_ending = next((one.get("ContentType") for one in types if one.get("Extension") == ending), None)
        if own:
            target.append(target.makeelement(f"{{{TYPES}}}Override", {"PartName": f"/{made}", "ContentType": own}))
        elif by_ending and not any(one.get("Extension") == ending for one in target):
            target.insert(0, target.makeelement(f"{{{TYPES}}}Default", {"Extension": ending, "ContentType": by_ending}))
        self.target[CONTENT_TYPES] = serialise(target)
