"""A filled 现场核查底稿 → verified values; every mistake with its cell, and none of a workbook with a mistake."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.excel.book import Book
from toolkit.excel.table import TableRow, read_table
from toolkit.fieldwork.paper import HEADINGS, PAPER, PROJECT, RETURN, SIGNED, PaperRow
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.text.folding import person

_NEEDED = ("依据", "核查人", "复核人")


@dataclass(frozen=True, slots=True)
class Verified:
    """One value as found on site, still as it was typed."""

    row: PaperRow
    text: str
    found: TableRow
    basis: str
    evidence: str
    by: str
    reviewer: str

    @property
    def at(self) -> CellRef:
        """Where it was typed."""
        return self.found.at("核查值")


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What a workbook says: whose it is, of which return, what was found on site."""

    project: str
    sha256: str
    verified: tuple[Verified, ...]
    findings: tuple[Finding, ...]


def read_identity(book: Book, workbook: str) -> tuple[str, str, tuple[Finding, ...]]:
    """Project and hash of the return a workbook was made for."""
    table = read_table(book, workbook, SIGNED, ("事项", "内容"))
    told = {row.text("事项"): row.text("内容") for row in table.rows}
    return told.get(PROJECT, ""), told.get(RETURN, ""), table.findings


def read_paper(book: Book, workbook: str, known: Mapping[str, PaperRow], codes: frozenset[str]) -> FieldReading:
    """Read the rows in which somebody wrote a value.

    Args:
        book: the workbook's cells.
        workbook: its name.
        known: slot key → row as it would be printed now.
        codes: of the evidence list.
    """
    project, sha256, findings = read_identity(book, workbook)
    table = read_table(book, workbook, PAPER, HEADINGS)
    found: list[Finding] = [*findings, *table.findings]
    verified: list[Verified] = []
    for row in table.rows:
        wrong = list(_wrong(row, known, codes, project))
        found += wrong
        if row.text("核查值") and not wrong:
            verified.append(_verified(row, known[row.text("填报项")]))
    return FieldReading(project, sha256, tuple(verified), tuple(found))


def _verified(row: TableRow, known: PaperRow) -> Verified:
    text = row.text
    return Verified(known, text("核查值"), row, text("依据"), text("证据编号"), text("核查人"), text("复核人"))


def _wrong(row: TableRow, known: Mapping[str, PaperRow], codes: frozenset[str], project: str) -> Iterator[Finding]:
    written = [heading for heading in ("核查值", *_NEEDED) if row.text(heading)]
    if not written:
        if row.text("抽样"):
            yield _say("FIELD-05", row, "核查值", "抽中的一项没有核查", "现场核查后填写", project, Severity.WARNING)
        return
    printed = known.get(row.text("填报项"))
    if printed is None:
        yield _say(
            "FIELD-02",
            row,
            "填报项",
            Sentence.saying("没有填报项“{written}”", written=row.text("填报项")[:40]),
            "“填报项”一栏不要改动",
            project,
        )
        return
    if row.text("填报值") != printed.reported:
        words = Sentence.saying(
            "“{label}”的填报值与报送件不符（报送件为“{reported}”）", label=printed.label, reported=printed.reported
        )
        yield _say("FIELD-03", row, "填报值", words, "“填报值”一栏不要改动；报送件换过的重新生成底稿", project)
    yield from _incomplete(row, printed, project)
    code = row.text("证据编号")
    if code and codes and not codes.issuperset(part.strip() for part in re.split("[、,，]", code)):
        yield _say(
            "FIELD-04",
            row,
            "证据编号",
            Sentence.saying("佐证清单中没有“{code}”", code=code[:40]),
            "写佐证清单中的编号",
            project,
        )


def _incomplete(row: TableRow, printed: PaperRow, project: str) -> Iterator[Finding]:
    """A value without its basis or its two persons is no verified value."""
    for heading in ("核查值", *_NEEDED):
        if not row.text(heading):
            words = Sentence.saying("“{label}”没有写{heading}", label=printed.label, heading=heading)
            yield _say("FIELD-04", row, heading, words, "核查值、依据、核查人、复核人都要写", project)
    if row.text("核查人") and person(row.text("核查人")) == person(row.text("复核人")):
        words = Sentence.saying("核查人与复核人是同一人“{written}”", written=row.text("核查人")[:40])
        yield _say("FIELD-04", row, "复核人", words, "由另一人复核", project)


def _say(
    code: str, row: TableRow, heading: str, words: str | Sentence, hint: str, project: str,
    severity: Severity = Severity.ERROR,
) -> Finding:  # fmt: skip
    return Finding(code, severity, row.at(heading), words, hint, project=project, found=row.text(heading)[:200])
