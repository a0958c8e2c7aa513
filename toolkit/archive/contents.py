"""What goes into an archive, and how its papers are numbered."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class PaperClass(StrEnum):
    """Classes of working papers."""

    PLANNING = "立项性"
    EVIDENCE = "证明性"
    CONCLUSION = "结论性"


@dataclass(frozen=True, slots=True)
class Content:
    """One member to be.

    Attributes:
        name: path in the archive, with ``/``.
        read: gives its bytes; asked for once.
        title: what it is, in words. project, unit, origin: whose it is and where it comes from; "" where not known.
    """

    name: str
    read: Callable[[], bytes]
    paper: PaperClass
    title: str
    project: str = ""
    unit: str = ""
    origin: str = ""


class Numbered(NamedTuple):
    """A content with its working-paper number, such as 证明性-0012."""

    number: str
    content: Content


def numbered(contents: list[Content]) -> list[Numbered]:
    """In order of class and path, numbered within each class."""
    order = list(PaperClass)
    counts = dict.fromkeys(order, 0)
    made = []
    for content in sorted(contents, key=lambda content: (order.index(content.paper), content.name)):
        counts[content.paper] += 1
        made.append(Numbered(f"{content.paper}-{counts[content.paper]:04d}", content))
    return made
