"""What is said of sheets that are none of ours: a copy, another project's form, the unit's own."""

from collections.abc import Mapping, Sequence

from toolkit.collect.context import CollectContext
from toolkit.collect.identity import others_named
from toolkit.collect.sheets import unknown_sheets_of
from toolkit.collect.wording import READING_RULES
from toolkit.excel.book import Book, Sheet
from toolkit.model import CellRef, Finding, Project, Sentence, Severity
from toolkit.text.folding import squeeze

_LISTED = 3


def unknown_sheet_remarks(
    book: Book, context: CollectContext, matched: Mapping[str, Sheet], own: str, file_name: str
) -> list[Finding]:
    """One finding for each sheet that is none of ours: a warning for a copy of one, a note for the unit's own.

    Copies of which one names another project of the roster are its form, put into this file, but for those that name
    this one: one finding for all of them, since nothing of them is read and whoever deletes them as copies loses it.
    """
    unknown = unknown_sheets_of(book, context.layout, matched)
    copies = [sheet for sheet in book.sheets if unknown.get(sheet.name)]
    others = others_named(copies, context.names, own) if copies else []
    mine = [project for project in context.roster.projects if project.id == own]
    foreign = [
        sheet.name for sheet in copies if others and (_names_one_of(sheet, others) or not _names_one_of(sheet, mine))
    ]
    told = [_foreign(foreign, others, file_name)] if foreign else []
    return told + [_unknown(name, of, file_name) for name, of in unknown.items() if name not in foreign]


def _names_one_of(sheet: Sheet, projects: Sequence[Project]) -> bool:
    texts = [squeeze(cell.value) for cell in sheet.cells.values() if isinstance(cell.value, str)]
    return any(squeeze(project.name) in text for project in projects for text in texts)


def _foreign(sheets: Sequence[str], others: Sequence[Project], file_name: str) -> Finding:
    listed = "".join(f"《{name}》" for name in sheets[:_LISTED]) + (
        f"等{len(sheets)}张工作表" if len(sheets) > _LISTED else ""
    )
    whose = "、".join(f"项目{project.id}“{project.name}”" for project in others[:_LISTED])
    words = "{listed}是{whose}的采集表，其中内容没有读取：一个文件只能放一个项目"
    hint = "请把另一个项目的采集表填在下发给它的文件里，单独报送；不要只删除这些工作表"
    message = Sentence.saying(words, listed=listed, whose=whose)
    return Finding("READ-57", Severity.ERROR, CellRef(file_name, sheets[0]), message, hint)


def _unknown(name: str, original: str, file_name: str) -> Finding:
    rule = READING_RULES["READ-48" if original else "READ-49"]
    template = "《{name}》{said}（原工作表《{original}》）" if original else "《{name}》{said}"
    message = Sentence.of(template, {"name": name, "said": rule.words, "original": original})
    return Finding(rule.code, rule.severity, CellRef(file_name, name), message, rule.hint)
