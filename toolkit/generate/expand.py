"""A template sheet unrolled: which template rows come out, in which order, with which words."""

from dataclasses import dataclass, replace

from toolkit.excel.template_plan import TemplateSheet
from toolkit.generate.bands import BandSource, OutputRow, band_rows, is_band
from toolkit.generate.problems import TemplateProblem
from toolkit.generate.tags import CellText, RowTag, parse_text
from toolkit.model import Scheme

_OF_FIELDS = ("字段", "明细")
_ASKED = (*_OF_FIELDS, "指标", "佐证")


@dataclass(frozen=True, slots=True)
class ParsedSheet:
    """A template sheet with its cells' texts cut into tags; ``like`` names the sheet a further one is built from."""

    sheet: TemplateSheet
    texts: dict[tuple[int, int], CellText]
    like: str = ""

    def tags(self, row: int, sign: str) -> list[RowTag]:
        """Row tags of one kind in a template row."""
        return [tag for (at, _), text in self.texts.items() if at == row for tag in text.row_tags if tag.sign == sign]

    def used(self, row: int) -> frozenset[str]:
        """Value tags of a template row, as ``列.填报``."""
        parts = (part for (at, _), text in self.texts.items() if at == row for part in text.parts)
        return frozenset(".".join(part) for part in parts if isinstance(part, tuple))


def parse_sheet(sheet: TemplateSheet) -> ParsedSheet:
    """Cut all texts of a sheet."""
    return ParsedSheet(sheet, {place: parse_text(cell.text) for place, cell in sheet.cells.items()})


def with_further_sections(parsed: list[ParsedSheet], scheme: Scheme) -> list[ParsedSheet]:
    """The sheets, and one more for every 所在表 the template has no place for, like its first sheet of fields."""
    laid_out = {tag.words[0] for sheet in parsed for tag in _bands(sheet) if tag.noun in _OF_FIELDS and tag.words}
    names = {sheet.sheet.name for sheet in parsed}
    tags = {part for sheet in parsed for text in sheet.texts.values() for part in text.parts if isinstance(part, tuple)}
    placed = {tag[1] for tag in tags if tag[0] == "字段" and len(tag) == 2}
    sections = [field.section for field in scheme.fields if field.key not in placed and field.table not in laid_out]
    further = [name for name in dict.fromkeys(sections) if name not in laid_out and name not in names]
    model = next((sheet for sheet in parsed if _is_section(sheet)), None)
    if model is None or not further:
        return parsed
    last = max(number for number, sheet in enumerate(parsed) if any(tag.noun in _OF_FIELDS for tag in _bands(sheet)))
    return [*parsed[: last + 1], *(_like(model, name) for name in further), *parsed[last + 1 :]]


def _is_section(parsed: ParsedSheet) -> bool:
    """A sheet that lays out all fields and tables of the section it is named after."""
    nouns = {tag.noun for tag in _bands(parsed) if tag.words == (parsed.sheet.name,)}
    return nouns == set(_OF_FIELDS)


def _like(model: ParsedSheet, name: str) -> ParsedSheet:
    old = model.sheet.name
    texts = {place: _renamed(text, old, name) for place, text in model.texts.items()}
    return ParsedSheet(replace(model.sheet, name=name), texts, old)


def _renamed(text: CellText, old: str, new: str) -> CellText:
    tags = tuple(replace(tag, words=tuple(new if word == old else word for word in tag.words)) for tag in text.row_tags)
    return CellText(tags, tuple(part.replace(old, new) if isinstance(part, str) else part for part in text.parts))


def asks_something(parsed: ParsedSheet) -> bool:
    """True for a sheet on which a unit fills in what the scheme lists."""
    return any(tag.noun in _ASKED for tag in _bands(parsed))


def asks_nothing(parsed: ParsedSheet, source: BandSource) -> bool:
    """True for a sheet that is there for fields only, of which the scheme has none."""
    bands = _bands(parsed)
    single = any(part[0] == "字段" for text in parsed.texts.values() for part in text.parts if isinstance(part, tuple))
    for_fields = bool(bands) and all(tag.noun in _OF_FIELDS for tag in bands)
    return for_fields and not single and not any(_is_wanted(tag, source) for tag in bands)


def _bands(parsed: ParsedSheet) -> list[RowTag]:
    return [tag for text in parsed.texts.values() for tag in text.row_tags if tag.sign == "#"]


def unroll(parsed: ParsedSheet, source: BandSource) -> tuple[list[OutputRow], list[TemplateProblem]]:
    """All output rows of a sheet, top to bottom."""
    rows: list[OutputRow] = []
    problems = _hidden_and_unsupported(parsed.sheet)
    row = 1
    while row <= parsed.sheet.last_row:
        opening = next(iter(parsed.tags(row, "#")), None)
        last = _end_of_band(parsed, row, opening) if opening else row
        problems += _torn_merges(parsed.sheet, row, last) if opening else []
        if opening and not is_band(opening.noun):
            problems.append(TemplateProblem(parsed.sheet.name, row, 1, f"不认识的重复行标签“{opening.noun}”"))
        elif opening:
            block = {at: parsed.used(at) for at in range(row, last + 1)}
            rows += band_rows(opening.noun, opening.words, block, source)
        elif all(_is_wanted(tag, source) for tag in parsed.tags(row, "?")):
            rows.append(OutputRow(row, {}))
        row = last + 1
    return rows, problems


def _hidden_and_unsupported(sheet: TemplateSheet) -> list[TemplateProblem]:
    hidden = [
        TemplateProblem(sheet.name, *place, "标签被合并单元格盖住了，看不见也不起作用；请移到合并区域左上角的单元格")
        for place in sheet.covered
    ]
    words = (
        "不能带到采集表里（行数随指标增减，按单元格地址的内容会错位），请从模板中删去；说明文字写进单元格，图形改用图片"
    )
    return hidden + [
        TemplateProblem(sheet.name, row, column, f"{what}{words}") for what, row, column in sheet.unsupported
    ]


def _torn_merges(sheet: TemplateSheet, first: int, last: int) -> list[TemplateProblem]:
    """Merged cells that a repeated block holds only a part of: repeated, they would overlap."""
    return [
        TemplateProblem(sheet.name, row, column, "合并单元格跨出了重复的行，请只在重复的行之内合并")
        for (row, column), cell in sorted(sheet.cells.items())
        if row <= last and row + cell.height > first and (row < first or row + cell.height - 1 > last)
    ]


def _end_of_band(parsed: ParsedSheet, row: int, opening: RowTag) -> int:
    """The row with the closing tag, or the opening row itself when another band starts first or none is closed."""
    for later in range(row, parsed.sheet.last_row + 1):
        if any(tag.noun == opening.noun for tag in parsed.tags(later, "/")):
            return later
        if later > row and parsed.tags(later, "#"):
            break
    return row


def _is_wanted(tag: RowTag, source: BandSource) -> bool:
    return is_band(tag.noun) and bool(band_rows(tag.noun, tag.words, {1: frozenset()}, source))
