"""A person at work on a report: random edits as Word and LibreOffice leave them, every typed text on record."""

import random
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from itertools import count

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

_PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0c"
    b"IDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


class Person:
    """Edits one report.

    Attributes:
        typed: texts that must never be lost. comments: texts of comments. pictures: how many were added.
        deleted: texts of whole paragraphs deleted.

    ``before``: the same person at an earlier generation of the report.
    """

    def __init__(self, docx: bytes, seed: int, before: "Person | None" = None) -> None:
        self.document = Document(BytesIO(docx))
        self.random = random.Random(seed)  # noqa: S311
        self.typed: list[str] = list(before.typed) if before else []
        self.comments: list[str] = list(before.comments) if before else []
        self.pictures = before.pictures if before else 0
        self.deleted: list[str] = []
        self._numbers = count(1)
        self._seed = seed

    def edit(self, times: int) -> "Person":
        """Make some random edits."""
        kinds: list[Callable[[], None]] = [
            *(self.insert, self.delete, self.move, self.split, self.format, self.comment, self.add_table),
            *(self.picture, self.copy, self.row, self.delete_row),
            *[self.type_beside_a_figure, self.cell] * 2,
        ]
        for _ in range(times):
            self.random.choice(kinds)()
        return self

    def saved(self) -> bytes:
        target = BytesIO()
        self.document.save(target)
        return target.getvalue()

    def insert(self) -> None:
        made = deepcopy(self._any())
        for child in list(made):
            if child.tag != qn("w:pPr"):
                made.remove(child)
        self._run(made, f"现场核实{self._mark()}。")
        self._any().addnext(made)

    def delete(self) -> None:
        gone = self._any()
        text = _text(gone)
        if len(text) > 4 and not any(mark in text for mark in (*self.typed, *self.comments)) and not _hangs(gone):
            self.deleted.append(text)
            gone.getparent().remove(gone)

    def move(self) -> None:
        moved, target = self._any(), self._any()
        if moved is not target:
            target.addnext(moved)

    def split(self) -> None:
        paragraph = self._any()
        runs = [run for run in paragraph.findall(qn("w:r")) if not _in_bookmark(run)]
        if len(runs) < 2:
            return
        first = self.random.choice(runs[1:])
        made = paragraph.makeelement(qn("w:p"))
        if paragraph.find(qn("w:pPr")) is not None:
            made.append(deepcopy(paragraph.find(qn("w:pPr"))))
        for node in [first, *first.itersiblings()]:
            made.append(node)
        paragraph.addnext(made)

    def format(self) -> None:
        runs = [run for run in self._any().iter(qn("w:r")) if run.find(qn("w:t")) is not None]
        if runs:
            run = self.random.choice(runs)
            properties = run.find(qn("w:rPr"))
            if properties is None:
                run.insert(0, properties := run.makeelement(qn("w:rPr")))
            if properties.find(qn("w:b")) is None:
                properties.append(properties.makeelement(qn("w:b")))

    def comment(self) -> None:
        paragraph = self._paragraph(self._any())
        if paragraph.runs:
            text = f"请核对{self._number()}"
            self.document.add_comment(self.random.choice(paragraph.runs), text, author="张三", initials="张")
            self.comments.append(text)

    def add_table(self) -> None:
        table = self.document.add_table(2, 2)
        for cell in (cell for row in table.rows for cell in row.cells):
            cell.text = self._mark()
        self._any().addnext(table._tbl)

    def picture(self) -> None:
        made = self.document.add_paragraph()
        made.add_run().add_picture(BytesIO(_PICTURE + bytes([self.pictures])), width=Pt(30))
        self._any().addnext(made._p)
        self.pictures += 1

    def copy(self) -> None:
        """LibreOffice gives the bookmarks of a copied sentence names of their own."""
        source = self._any(with_figure=True)
        made = deepcopy(source)
        for mark in made.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
            mark.set(qn("w:id"), str(int(mark.get(qn("w:id"))) + 500_000))
        for start in made.iter(qn("w:bookmarkStart")):
            start.set(qn("w:name"), f"{start.get(qn('w:name'))}_Copy_1")
        for mark in list(made.iter(*map(qn, ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")))):
            mark.getparent().remove(mark)
        self._run(made, self._mark())
        self._any().addnext(made)

    def row(self) -> None:
        if (table := self._table()) is None:
            return
        made = deepcopy(self.random.choice(table.findall(qn("w:tr"))))
        for text in made.iter(qn("w:t")):
            text.text = self._mark()
        for mark in list(made.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)
        self.random.choice(table.findall(qn("w:tr"))).addnext(made)

    def delete_row(self) -> None:
        table = self._table()
        rows = [] if table is None else table.findall(qn("w:tr"))
        gone = self.random.choice(rows or [None])
        if len(rows) > 3 and not any(mark in _text(gone) for mark in self.typed):
            gone.getparent().remove(gone)

    def type_beside_a_figure(self) -> None:
        texts = [run for run in self._any(with_figure=True).iter(qn("w:r")) if not _in_bookmark(run)]
        texts = [text for run in texts for text in run.iter(qn("w:t")) if text.text]
        if texts:
            self._type(self.random.choice(texts))

    def cell(self) -> None:
        table = self._table()
        nodes = () if table is None else table.iter(qn("w:t"))
        texts = [text for text in nodes if text.text and not _in_bookmark(text.getparent())]
        if texts:
            self._type(self.random.choice(texts))

    def _type(self, text) -> None:
        place = self.random.randint(0, len(text.text))
        while text.text[:place].count("〔") != text.text[:place].count("〕"):
            place -= 1  # not into what was typed before
        text.text = text.text[:place] + self._mark() + text.text[place:]

    def _any(self, *, with_figure: bool = False):
        found = [p for p in self.document.element.body.findall(qn("w:p")) if p.find(f".//{qn('w:sectPr')}") is None]
        found = [p for p in found if not with_figure or _figures(p)] or found
        return self.random.choice(found)

    def _table(self):
        tables = self.document.element.body.findall(qn("w:tbl"))
        return self.random.choice([table for table in tables if len(table.findall(qn("w:tr"))) > 2] or tables or [None])

    def _paragraph(self, node):
        return next(paragraph for paragraph in self.document.paragraphs if paragraph._p is node)

    def _run(self, paragraph, text: str) -> None:
        run = paragraph.makeelement(qn("w:r"))
        run.append(run.makeelement(qn("w:t")))
        run[0].text = text
        paragraph.append(run)

    def _number(self) -> str:
        return f"{self._seed}之{next(self._numbers)}号"

    def _mark(self) -> str:
        self.typed.append(f"〔手写{self._number()}〕")
        return self.typed[-1]


def _text(node) -> str:
    return "".join(text.text or "" for text in node.iter(qn("w:t")))


def _figures(node) -> list:
    return [mark for mark in node.iter(qn("w:bookmarkStart")) if mark.get(qn("w:name"), "").startswith("jx")]


def _hangs(node) -> bool:
    return next(node.iter(qn("w:commentReference"), qn("w:drawing")), None) is not None


def _in_bookmark(run) -> bool:
    before = (node for node in run.itersiblings(preceding=True) if "comment" not in node.tag)
    first = next(before, None)
    return first is not None and first.tag == qn("w:bookmarkStart")
