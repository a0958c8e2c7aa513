"""报告素材.xlsx → passages; every mistake located, all at once, and nothing that can be printed is left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.excel.book import Book, CellKind
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.material import columns as of
from toolkit.model import Finding, Roster, Sentence, Severity
from toolkit.model.material import CHAPTERS, Passage

_CHAPTERS = tuple(chapter.name for chapter in CHAPTERS)
_LONGEST = 20_000
"""Characters of a cell that are printed; a report's chapter is shorter."""


@dataclass(frozen=True, slots=True)
class MaterialReading:
    """What was written, and what is wrong with it."""

    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_material(data: bytes, workbook: str, roster: Roster) -> MaterialReading:
    """Read both sheets; each line of a cell is a paragraph.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    reader = _Reader(read_workbook(data), workbook, roster)
    passages = (*reader.chapters(), *reader.projects())
    return MaterialReading(passages, tuple(reader.findings))


class _Reader:
    """Reads the two sheets and notes what is wrong."""

    def __init__(self, book: Book, workbook: str, roster: Roster) -> None:
        self.findings: list[Finding] = []
        self._book, self._workbook, self._roster = book, workbook, roster
        self._sheets = {sheet.name: sheet for sheet in book.sheets}

    def chapters(self) -> Iterator[Passage]:
        """Passages of sheet 章节素材."""
        for row in self._rows(of.CHAPTER_SHEET, (of.CHAPTER, of.TEXT)):
            text, chapter = self._text(row, of.TEXT), row.text(of.CHAPTER)
            if not text:
                continue
            if chapter in _CHAPTERS:
                yield from _paragraphs(chapter, "", text, row, of.TEXT)
            else:
                words = (
                    Sentence.saying("没有“{chapter}”这一章节，这一行不印", chapter=chapter)
                    if chapter
                    else "写了正文，没有选章节，这一行不印"
                )
                self._note("MATERIAL-01", row, of.CHAPTER, words, f"从列表中选择：{'、'.join(_CHAPTERS)}")

    def projects(self) -> Iterator[Passage]:
        """Passages of sheet 项目素材."""
        seen: set[str] = set()
        for row in self._rows(of.PROJECT_SHEET, (of.PROJECT_ID, *of.PROJECT_PARTS)):
            texts = {part: text for part in of.PROJECT_PARTS if (text := self._text(row, part))}
            project = row.text(of.PROJECT_ID)
            if not texts:
                continue
            if self._roster.project(project) is None:
                words = (
                    Sentence.saying("项目清单中没有序号“{project}”", project=project)
                    if project
                    else "写了素材，没有写项目序号"
                )
                self._note(
                    "MATERIAL-02",
                    row,
                    of.PROJECT_ID,
                    Sentence.saying("{words}，这一行不印", words=words),
                    "按项目清单的序号填写",
                )
                continue
            if project in seen:
                words = Sentence.saying("项目{project}写了不止一行，各行依次印出", project=project)
                self._note("MATERIAL-02", row, of.PROJECT_ID, words, "合并为一行", Severity.WARNING)
            seen.add(project)
            for part, text in texts.items():
                yield from _paragraphs(part, project, text, row, part)

    def _rows(self, sheet: str, headings: tuple[str, ...]) -> tuple[TableRow, ...]:
        table = read_table(self._book, self._workbook, sheet, headings)
        self.findings += table.findings
        return table.rows

    def _text(self, row: TableRow, heading: str) -> str:
        cell = self._sheets[row.sheet].cells.get((row.number, row.columns[heading]))
        if cell is None or (cell.kind is CellKind.BLANK and cell.formula is None):
            return ""
        if cell.kind is CellKind.ERROR or (cell.formula is not None and not cell.cached):
            self._note("MATERIAL-03", row, heading, "这一格是公式或错误值，没有可用的文字，不印", "改为直接写文字")
            return ""
        text = row.text(heading)
        if len(text) > _LONGEST:
            words = Sentence.saying("这一格有{count}字，只印前{most}字", count=len(text), most=_LONGEST)
            self._note("MATERIAL-03", row, heading, words, "分成几行写")
        return text[:_LONGEST]

    def _note(
        self,
        code: str,
        row: TableRow,
        heading: str,
        words: str | Sentence,
        hint: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        self.findings.append(Finding(code, severity, row.at(heading), words, hint, found=row.text(heading)[:60]))


def _paragraphs(chapter: str, project: str, text: str, row: TableRow, heading: str) -> Iterator[Passage]:
    for line in text.splitlines():
        if line.strip():
            yield Passage(chapter, project, line.strip(), row.at(heading))
