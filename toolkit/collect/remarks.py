"""Findings about the reading itself: what was read otherwise than typed, what goes back, what had moved."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.collect.locate import How, Place
from toolkit.collect.wording import READING_RULES, ReadingRule
from toolkit.excel.book import Book, Doubt, Sheet, SheetState
from toolkit.excel.displayed import Shown, appearance
from toolkit.excel.record_sheet import read_facts
from toolkit.model import CellRef, Content, FieldType, Finding, Reading, ReadState, Sentence, Severity, Slot, Stated
from toolkit.model.identity import FINGERPRINT, MIGRATION_SHEET, SCHEMES, SOURCE
from toolkit.text.folding import visible
from toolkit.text.values import stated

_SHOWN = 60  # characters of the original that fit a message
_DIGITS = 64  # of a fingerprint
_SINGLY = 5  # so many slots of a sheet are reported one by one, more of them together

_WANTED = {
    FieldType.TEXT: "文字",
    FieldType.AMOUNT: "金额（数字）",
    FieldType.NUMBER: "数字",
    FieldType.RATE: "百分数（带百分号）",
    FieldType.DATE: "日期（年-月-日）",
    FieldType.CHOICE: "规定选项之一",
    FieldType.YESNO: "是或否",
}


def remark(slot: Slot, reading: Reading, rules: tuple[str, ...], unit: str) -> Finding | None:
    """The one finding about a slot's reading, under its most serious rule; None when there is nothing to say."""
    quiet = slot.type is FieldType.TEXT and reading.state in (ReadState.NONE, ReadState.NOT_APPLICABLE)
    if not rules or quiet:
        return None
    rule = min((READING_RULES[code] for code in rules), key=lambda one: one.severity.rank)
    return Finding(
        code=rule.code,
        severity=rule.severity,
        at=reading.at,
        told=_told(slot, reading, unit),
        hint=f"{rule.hint}：{expected(slot, unit)}" if rule.code == "READ-26" else rule.hint,
        indicator=slot.indicator or slot.key,
        found=visible(reading.original)[:_SHOWN],
        expected=expected(slot, unit),
    )


def label_of(slot: Slot) -> str:
    """The slot's label before a colon; one with a colon of its own reads ``“预算执行率”实际完成值``."""
    of_what, colon, what = slot.label.partition("：")
    return f"“{of_what}”{what}" if colon and of_what != what else of_what


def expected(slot: Slot, unit: str) -> str:
    """What a slot asks for, in words: ``金额（数字），单位：万元``; the allowed answers of a choice."""
    if slot.choices:
        return "、".join(slot.choices)
    words = _WANTED[slot.type]
    return f"{words}，单位：{unit}" if unit and slot.type in (FieldType.AMOUNT, FieldType.NUMBER) else words


def _told(slot: Slot, reading: Reading, unit: str) -> Sentence:
    words: dict[str, Content] = {"label": label_of(slot), "rule": reading.rule}
    original = visible(reading.original)[:_SHOWN]
    if reading.state is ReadState.VALUE:
        words |= {"original": original, "value": stated(reading.value, slot.type, unit, exact=True)}
        return Sentence.of("{label}：{rule}（原文“{original}”，读取为 {value}）", words)
    if original:
        return Sentence.of("{label}：{rule}（原文“{original}”）", words | {"original": original})
    return Sentence.of("{label}：{rule}", words)


def place_remarks(places: Iterable[Place], file_name: str) -> list[Finding]:
    """Notes about slots that moved or have no place, sheet by sheet; a few are named one by one, many together."""
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        if code := place_code(place):
            groups[code, place.slot.sheet].append(place)
    findings = []
    for (code, _), group in groups.items():
        together = code in ("READ-41", "READ-44") or len(group) > _SINGLY
        found = [_several(READING_RULES[code], group, file_name)] if together else _singly(code, group, file_name)
        findings += _at_once(found, group, file_name) if code == "READ-42" else found
    return findings


def _at_once(found: list[Finding], lost: list[Place], file_name: str) -> list[Finding]:
    """Cells of a sheet that are gone, told at the first of them: a row or a sheet was deleted, not so many cells."""
    if not 1 < len(found) == len(lost):
        return found
    several = _several(READING_RULES["READ-42"], lost, file_name)
    return [replace(several, at=found[0].at, indicator=found[0].indicator, related=tuple(one.at for one in found[1:]))]


def place_code(place: Place) -> str:
    """The rule under which a place is told about, "" when it is where it was generated."""
    if place.how is How.MISSING:
        return "READ-42"
    if place.how is How.AMBIGUOUS:
        return "READ-43"
    if place.how is How.OUTDATED:
        return "READ-34"
    if not place.slot.cell:
        return "READ-44"
    return "READ-41" if place.moved or place.how is How.LABEL else ""


def _several(rule: ReadingRule, group: list[Place], file_name: str) -> Finding:
    first = group[0]
    names = "、".join(dict.fromkeys(place.slot.label for place in group[:3]))
    words: dict[str, Content] = {
        "sheet": first.slot.sheet,
        "count": Stated(Decimal(len(group))),
        "names": names,
        "said": rule.words,
    }
    message = Sentence.of("《{sheet}》有 {count} 个格（{names}等）：{said}", words)
    at = CellRef(file_name, first.sheet or first.slot.sheet, first.ref if first.placed else "")
    was = f"{first.slot.sheet}!{first.slot.cell}" if first.slot.cell else ""
    return Finding(
        rule.code, rule.severity, at, message, rule.hint, found=first.ref if first.placed else "", expected=was
    )


def _singly(code: str, group: list[Place], file_name: str) -> list[Finding]:
    rule = READING_RULES[code]
    return [
        Finding(
            rule.code,
            rule.severity,
            CellRef(file_name, place.slot.sheet, place.slot.cell),
            Sentence.of("{label}：{said}", {"label": label_of(place.slot), "said": rule.words}),
            rule.hint,
            indicator=place.slot.indicator or place.slot.key,
            expected=f"{place.slot.sheet}!{place.slot.cell}",
        )
        for place in group
    ]


def hidden_remarks(places: Iterable[Place], book: Book, file_name: str) -> list[Finding]:
    """One warning for each sheet on which slots, what stands in them, or zeros in them, are hidden."""
    rule = READING_RULES["READ-46"]
    hidden: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        sheet = book.sheet(place.sheet) if place.placed else None
        if sheet is None:
            continue
        if _out_of_sight(sheet, place):
            hidden[sheet.name].append(place)
    return [
        Finding(
            rule.code,
            rule.severity,
            CellRef(file_name, name, group[0].ref),
            Sentence.of(
                "《{name}》有 {count} 个格：{said}",
                {"name": name, "count": Stated(Decimal(len(group))), "said": rule.words},
            ),
            rule.hint,
        )
        for name, group in hidden.items()
    ]


def _out_of_sight(sheet: Sheet, place: Place) -> bool:
    cell = sheet.cells.get((place.row, place.column))
    if cell is None or (cell.value is None and cell.formula is None):
        return False  # rows nobody filled in are often hidden before printing
    if sheet.state is not SheetState.VISIBLE or place.row in sheet.hidden_rows or place.column in sheet.hidden_columns:
        return True
    if sheet.doubts.get((place.row, place.column)) in (Doubt.ANOTHER_FORMAT, Doubt.COVERED):
        return True  # whether a condition holds just now is not asked: it can hide what stands there
    if cell.style.unseen:
        return True
    if cell.value != 0 or isinstance(cell.value, bool):
        return False
    return sheet.zeros_hidden or appearance(cell.style.number_format, cell.value).shown is Shown.NOT_AT_ALL


def flag_remarks(book: Book, file_name: str) -> list[Finding]:
    """One warning for all that the file carries beside cells (macros, links, embedded objects)."""
    # The strict flavour of the format is no danger and was read as it is.
    unwanted = [str(flag) for flag in book.flags if flag.name != "STRICT"]
    if not unwanted:
        return []
    rule = READING_RULES["READ-47"]
    message = Sentence.saying("{words}：{listed}", words=rule.words, listed="、".join(unwanted))
    return [Finding(rule.code, rule.severity, CellRef(file_name), message, rule.hint, found="、".join(unwanted))]


def pasted_remarks(sheets: Sequence[str], file_name: str) -> tuple[Finding, ...]:
    """That some sheets were pasted as values, said once for all of them."""
    if not sheets:
        return ()
    message = Sentence.saying(
        "{sheets}里没有一个公式，像是整张粘贴成了数值；只读取数值，计算结果以重算值为准",
        sheets="".join(f"《{name}》" for name in sheets),
    )
    hint = "内容照常评价；今后请直接在下发的采集表上填写"
    return (Finding("READ-55", Severity.WARNING, CellRef(file_name, sheets[0]), message, hint),)


def migration_remarks(book: Book, file_name: str) -> tuple[Finding, ...]:
    """A note where the answers were carried over from a file of an older scheme: from which one."""
    sheet = book.sheet(MIGRATION_SHEET)
    if sheet is None:
        return ()
    facts = read_facts(sheet, (SOURCE, FINGERPRINT, SCHEMES))
    source, fingerprint = visible(facts.get(SOURCE, ""))[:_SHOWN], visible(facts.get(FINGERPRINT, ""))[:_DIGITS]
    message = Sentence.saying(
        "填报内容由旧版方案的报送件“{source}”（指纹{fingerprint}）迁移，逐格来源见《{name}》",
        source=source,
        fingerprint=fingerprint,
        name=sheet.name,
    )
    hint = "请责任单位核对迁移的内容，补填没有带入的项"
    return (Finding("READ-54", Severity.NOTE, CellRef(file_name, sheet.name), message, hint, found=fingerprint),)
