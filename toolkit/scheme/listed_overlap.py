"""Which projects of 整体核查清单 the roster has too, and where both say different things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rapidfuzz import fuzz

from toolkit.excel.table import TableRow
from toolkit.model import Finding, ListedProject, Project, Sentence, Severity
from toolkit.scheme.findings import about_cell
from toolkit.text.folding import compared
from toolkit.text.units import is_one_unit

BY_NUMBER, BY_CODE, BY_NAME = "参评序号", "项目编号", "名称和单位"
_ALIKE = 80
"""Units: per cent of letters two names share, as rapidfuzz counts them, from which a person is asked."""
_CODES = ("项目编号", "项目编码", "项目代码")
_CENT = Decimal("0.005")
_HINT = "是同一项目的，在“参评序号”列写项目清单的序号；不是的不用处理"


@dataclass(frozen=True, slots=True)
class Overlap:
    """The listed projects, each with its own on the roster, and what is doubtful about that."""

    projects: tuple[ListedProject, ...]
    findings: tuple[Finding, ...]


def overlaps(listed: Sequence[tuple[TableRow, ListedProject]], roster: Sequence[Project]) -> Overlap:
    """Tell which are the same: by 参评序号, by 项目编号, else by name and unit."""
    found: list[ListedProject] = []
    findings: list[Finding] = []
    taken: dict[str, TableRow] = {}
    for row, listed_project in listed:
        number = compared(row.text(BY_NUMBER))
        own, known_by = _own(number, listed_project, roster)
        findings += _doubts(row, listed_project, own, known_by, roster)
        if own is not None and taken.setdefault(own.id, row) is not row:
            words = Sentence.of(
                "与{cell}是同一个参评项目（项目清单序号{id}），会重复计入合计",
                {"cell": taken[own.id].at("项目名称").cell, "id": own.id},
            )
            findings.append(about_cell("ROSTER-11", row, "项目名称", words, "删去其中一行，或改正参评序号"))
            own = None
        found.append(replace(listed_project, project=own.id, known_by=known_by) if own else listed_project)
    return Overlap(tuple(found), tuple(findings))


def is_same_name(one: str, other: str) -> bool:
    """Whether two names of projects are one, whatever the spacing and quotation marks."""
    return _letters(one) == _letters(other)


def _letters(name: str) -> str:
    return "".join(letter for letter in compared(name) if letter not in "“”‘’\"'《》〈〉")


def _own(number: str, listed: ListedProject, roster: Sequence[Project]) -> tuple[Project | None, str]:
    if number:
        return next((project for project in roster if compared(project.id) == number), None), BY_NUMBER
    code = compared(listed.code)
    if code and (own := next((project for project in roster if code in _codes(project)), None)):
        return own, BY_CODE
    named = [project for project in roster if _names(listed, project) and _shares_unit(listed, project)]
    return (named[0], BY_NAME) if len(named) == 1 else (None, "")


def _codes(project: Project) -> list[str]:
    return [compared(project.attributes[heading]) for heading in _CODES if project.attributes.get(heading)]


def _names(listed: ListedProject, project: Project) -> bool:
    return bool(listed.name) and any(is_same_name(listed.name, name) for name in (project.name, *project.aliases))


def _shares_unit(listed: ListedProject, project: Project) -> bool:
    return any(is_one_unit(one, other) for one in listed.units for other in project.units)


def _doubts(
    row: TableRow, listed: ListedProject, own: Project | None, known_by: str, roster: Sequence[Project]
) -> Iterator[Finding]:
    if known_by == BY_NUMBER and own is None:
        words = Sentence.of("参评序号“{written}”不在项目清单中", {"written": row.text(BY_NUMBER)})
        yield about_cell("ROSTER-12", row, BY_NUMBER, words, "改成项目清单的序号；没有参加评价的留空")
    elif own is None:
        yield from _perhaps_one(row, listed, roster)
    else:
        yield from _two_names(row, listed, own, known_by)
        yield from _two_amounts(row, listed, own)


def _perhaps_one(row: TableRow, listed: ListedProject, roster: Sequence[Project]) -> Iterator[Finding]:
    """Names that are alike, or the same name under another unit: a person has to say."""
    letters = _letters(listed.name)
    for project in roster:
        same = _names(listed, project)
        near = _shares_unit(listed, project) and fuzz.ratio(letters, _letters(project.name)) >= _ALIKE
        if same or near:
            why = f"名称相同，责任单位为“{project.unit}”" if same else "名称相近"
            words = Sentence.of(
                "“{name}”与项目清单序号{id}“{other}”{why}，没有作为同一项目",
                {"name": listed.name, "id": project.id, "other": project.name, "why": why},
            )
            yield about_cell("ROSTER-12", row, "项目名称", words, _HINT, severity=Severity.WARNING)


def _two_names(row: TableRow, listed: ListedProject, own: Project, known_by: str) -> Iterator[Finding]:
    if _names(listed, own):
        return
    words = Sentence.of(
        "按{known_by}是项目清单序号{id}“{name}”，清单的名称为“{other}”",
        {"known_by": known_by, "id": own.id, "name": own.name, "other": listed.name},
    )
    hint = f"核对{known_by}；只是写法不同的，在项目清单的“别名”列补上"
    yield about_cell("ROSTER-12", row, "项目名称", words, hint, severity=Severity.WARNING)


def _two_amounts(row: TableRow, listed: ListedProject, own: Project) -> Iterator[Finding]:
    amount, other = listed.amounts.get("合同金额"), own.contract_amount
    if amount is None or other is None or abs(amount - other) <= _CENT:
        return
    words = Sentence.of(
        "“{name}”的合同金额{amount}，项目清单序号{id}为{other}",
        {"name": listed.name, "amount": f"{amount:,f}", "id": own.id, "other": f"{other:,f}"},
    )
    heading = next(name for name in row.columns if row.at(name) == listed.places["合同金额"])
    yield about_cell("ROSTER-13", row, heading, words, "核对合同，改正其中一处", severity=Severity.WARNING)
