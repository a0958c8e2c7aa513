"""Sheet 失分情况 of 评审意见.xlsx: every loss with fact, cause, advice and evidence, for evaluators to write into.

The program fills in what 问题与建议 says; a cell that holds something else was written by a person, and that is what
the reports print. What the program filled in stands in hidden columns, so that the two are told apart ever after.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from toolkit.excel.book import Book
from toolkit.excel.kept_sheet import KeptSheet, with_kept_sheet
from toolkit.excel.read import read_workbook
from toolkit.excel.table import TableRow, read_table
from toolkit.excel.table_sheet import Column
from toolkit.model import CellRef, Finding, LossRemark, Sentence, Severity
from toolkit.review.reading import review_book
from toolkit.text import plain
from toolkit.text.folding import compared
from toolkit.text.numerals import figures_in

LOSS_SHEET = "失分情况"
FACT, CAUSE, ADVICE, EVIDENCE, BY = "事实", "原因", "建议", "佐证", "评价人"
_PREFILLED = (FACT, ADVICE, EVIDENCE)
LOSS_HEADINGS = (*_PREFILLED, CAUSE, BY)
"""Columns people write into."""
_HIDDEN = {heading: f"程序填写的{heading}" for heading in _PREFILLED}
_KEY = ("项目序号", "问题编号")
_GONE = "现无此项"
MOST_LISTED = 20_000
"""Of more losses only those are listed that somebody wrote about: nobody goes through such a sheet, and with 5,000
projects (236,000 losses) the workbook could not be opened again."""
_HINT = (
    "程序按《问题与建议》列出每一处失分和问题，填好事实、建议、佐证。改写这几栏、选定或填写原因以后，报告照所写的印；"
    "清空一栏即恢复程序的写法。失分、计分两栏由程序更新。"
)
_ADD_A_ROW = "要改写事实、原因、建议的，在表中加一行，填写项目序号、问题编号（见汇总总表《问题明细》）和所写的内容"
_COLUMNS = (
    Column("项目序号", 9, numeric=True),
    Column("项目名称", 26),
    Column("问题编号", 13),
    Column("指标编号", 10),
    Column("指标名称", 20),
    Column("类别", 10),
    Column("失分", 8, numeric=True),
    Column("计分", 24),
    Column(FACT, 44, required=True),
    Column(CAUSE, 26, required=True),
    Column(ADVICE, 44, required=True),
    Column(EVIDENCE, 16, required=True),
    Column(BY, 12, required=True),
    *(Column(heading, 10) for heading in _HIDDEN.values()),
)


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss or problem of one project as the program knows it.

    Attributes:
        code: of the row of 问题与建议. scored_by: who scored, on what evidence, or that nobody did.
        causes: what an evaluator may choose from.
    """

    project: str
    project_name: str
    code: str
    indicator: str
    indicator_name: str
    kind: str
    lost: str
    scored_by: str
    fact: str
    causes: tuple[str, ...]
    advice: str
    evidence: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other."""
        return self.project, self.code

    def prefilled(self) -> dict[str, str]:
        """What the program writes into the columns people may write into."""
        return {FACT: self.fact, ADVICE: self.advice, EVIDENCE: self.evidence}


@dataclass(frozen=True, slots=True)
class WrittenLoss:
    """A row of the sheet as it stands."""

    key: tuple[str, str]
    texts: Mapping[str, str]
    prefilled: Mapping[str, str]
    at: Mapping[str, CellRef]

    def typed(self) -> dict[str, str]:
        """Heading → what a person wrote."""
        own = {name: self.texts[name] for name in _PREFILLED if self.texts[name] not in ("", self.prefilled[name])}
        return own | {name: self.texts[name] for name in (CAUSE, BY) if self.texts[name]}

    def remark(self) -> LossRemark:
        """What a person wrote; "" where the program's words stand."""
        own = self.typed()
        fact, cause, advice, evidence, by = (own.get(name, "") for name in (FACT, CAUSE, ADVICE, EVIDENCE, BY))
        return LossRemark(*self.key, fact, cause, advice, evidence, by)


def read_losses(data: bytes, workbook: str) -> tuple[WrittenLoss, ...]:
    """The rows of sheet 失分情况; none in a workbook of an older version.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    return tuple(map(_written, _rows(data, workbook)))


@lru_cache(maxsize=1)
def _loss_book(data: bytes) -> Book:
    """The review workbook as far as losses go: its other sheet has rows by the thousand."""
    return read_workbook(data, wanted=lambda name: compared(name) == compared(LOSS_SHEET))


def _rows(data: bytes, workbook: str) -> list[TableRow]:
    headings = (*_KEY, FACT, CAUSE, ADVICE, EVIDENCE)
    table = read_table(_loss_book(data), workbook, LOSS_SHEET, headings, optional=(BY, *_HIDDEN.values()))
    return [row for row in table.rows if row.text(_KEY[0]) or row.text(_KEY[1])]


def _written(row: TableRow) -> WrittenLoss:
    headings = (*_PREFILLED, CAUSE, BY)
    return WrittenLoss(
        (row.text(_KEY[0]), row.text(_KEY[1])),
        {heading: row.text(heading) for heading in headings},
        {heading: row.text(hidden) for heading, hidden in _HIDDEN.items()},
        {heading: row.at(heading) for heading in (*headings, _KEY[1])},
    )


def loss_findings(written: Sequence[WrittenLoss], losses: Sequence[Loss]) -> Iterator[Finding]:
    """What a person wrote and what the data say no longer agree: the loss is gone, or a number in it is another now."""
    known = {loss.key: loss for loss in losses}
    seen: set[tuple[str, str]] = set()
    for row in written:
        typed, loss = row.typed(), known.get(row.key)
        if typed and row.key in seen:
            words = Sentence.saying(
                "项目{project}的{indicator}写了不止一行，以第一行为准", project=row.key[0], indicator=row.key[1]
            )
            yield _finding("REVIEW-11", row, _KEY[1], words, "合并为一行，删去多余的行")
        elif typed and loss is None:
            words = Sentence.saying(
                "项目{project}现在没有{indicator}这一项，所写的文字不印", project=row.key[0], indicator=row.key[1]
            )
            yield _finding("REVIEW-11", row, _KEY[1], words, "核对后删去这一行；文字需要保留的，移到别处")
        elif loss is not None:
            yield from _out_of_date(row, typed, loss)
        seen.add(row.key)


def unlisted(count: int, workbook: str, most: int = MOST_LISTED) -> Iterator[Finding]:
    """That the sheet does not list every loss, and how to write about one that it does not."""
    if count > most:
        words = Sentence.saying("失分和问题共{count}处，超过{most}处，没有逐处列入《失分情况》", count=count, most=most)
        yield Finding("REVIEW-13", Severity.NOTE, CellRef(workbook, LOSS_SHEET), words, _ADD_A_ROW)


def _out_of_date(row: WrittenLoss, typed: Mapping[str, str], loss: Loss) -> Iterator[Finding]:
    for heading, now in loss.prefilled().items():
        before, own = row.prefilled.get(heading, ""), typed.get(heading, "")
        if not own or not before or before == now:
            continue
        old, new, written = (_numbers(text) for text in (before, now, own))
        if stale := sorted((old - new) & written):
            words = Sentence.saying(
                "所写的{heading}中有“{listed}”，数据已变，程序现在的写法是：{now}",
                heading=heading,
                listed="、".join(stale),
                now=now,
            )
            yield _finding("REVIEW-10", row, heading, words, "按新的数据改写，或清空这一格恢复程序的写法")


def _numbers(text: str) -> set[str]:
    return {f"{plain(figure.value)}{figure.unit}" for figure in figures_in(text)}


def _finding(code: str, row: WrittenLoss, heading: str, words: str | Sentence, hint: str) -> Finding:
    return Finding(code, Severity.WARNING, row.at[heading], words, hint, found=row.texts.get(heading, "")[:60])


def with_losses(data: bytes, losses: Sequence[Loss], title: str, most: int = MOST_LISTED) -> bytes:
    """The workbook with every loss in sheet 失分情况, what people wrote kept; the same bytes where nothing changes.

    A loss that is gone leaves its row only where somebody wrote into it. Of more than ``most`` losses those are listed
    that somebody wrote about; people add rows for others.

    Raises:
        UnreadableFileError: the bytes are no workbook.
    """
    there = _rows(data, "")
    written = list(map(_written, there))
    standing: dict[tuple[str, str], WrittenLoss] = {}
    for row in written:
        standing.setdefault(row.key, row)
    if len(losses) > most:
        losses = [loss for loss in losses if loss.key in standing and standing[loss.key].typed()]
    known = {loss.key: loss for loss in losses}
    rows = [_row(loss, standing.get(loss.key)) for loss in losses]
    left = [row for key, row in standing.items() if key not in known]
    rows += [{**dict(zip(_KEY, row.key, strict=True)), "失分": _GONE, **_as_it_is(row)} for row in left if row.typed()]
    gone = [row.key for row in left if not row.typed()]
    book = _loss_book(data)
    is_there = book.sheet(LOSS_SHEET) is not None
    complete = written or (not rows and is_there)
    if complete and not gone and _stand(there, rows):
        return data
    if is_there:
        book = review_book(data)  # formulas of other sheets may look at it
    return with_kept_sheet(
        data,
        KeptSheet(
            LOSS_SHEET,
            title,
            _HINT,
            _COLUMNS,
            _KEY,
            rows,
            gone,
            CAUSE,
            {loss.key: loss.causes for loss in losses},
            frozenset(_HIDDEN.values()),
        ),
        book,
    )


def with_written_losses(data: bytes, rows: Mapping[tuple[str, str], Mapping[str, str]]) -> bytes:
    """The workbook with what others wrote: (project, code) → heading → text; "" takes the program's words again.

    Rows that are not there yet are added; the program completes them when it knows their loss.
    """
    there = {row.key: row for row in reversed(read_losses(data, ""))}
    blank = dict.fromkeys(_PREFILLED, "")
    changes = [
        {
            **dict(zip(_KEY, key, strict=True)),
            **(dict(there[key].prefilled) if key in there else blank),
            **dict.fromkeys((CAUSE, BY), ""),
            **said,
        }
        for key, said in rows.items()
    ]
    hidden = frozenset(_HIDDEN.values())
    sheet = KeptSheet(LOSS_SHEET, "失分情况", _HINT, _COLUMNS, _KEY, changes, hidden=hidden)
    return with_kept_sheet(data, sheet, review_book(data))


def _row(loss: Loss, written: WrittenLoss | None) -> dict[str, str]:
    prefilled = loss.prefilled()
    typed = written.typed() if written else {}
    hidden = {
        hidden: (written.prefilled[heading] if written and heading in typed else "") or prefilled[heading]
        for heading, hidden in _HIDDEN.items()
    }
    return {
        "项目序号": loss.project,
        "项目名称": loss.project_name,
        "问题编号": loss.code,
        "指标编号": loss.indicator,
        "指标名称": loss.indicator_name,
        "类别": loss.kind,
        "失分": loss.lost,
        "计分": loss.scored_by,
        **prefilled,
        **typed,
        **hidden,
    }


def _as_it_is(row: WrittenLoss) -> dict[str, str]:
    return {**row.texts, **{hidden: row.prefilled[heading] for heading, hidden in _HIDDEN.items()}}


def _stand(there: Sequence[TableRow], rows: Sequence[Mapping[str, str]]) -> bool:
    """Whether the sheet says all of this already."""
    headings = [column.heading for column in _COLUMNS]
    found = {tuple(row.text(name) for name in _KEY): row for row in reversed(there)}
    wanted = ((found.get((row[_KEY[0]], row[_KEY[1]])), row) for row in rows)
    return all(
        standing is not None and all(standing.text(name) == row.get(name, standing.text(name)) for name in headings)
        for standing, row in wanted
    )
