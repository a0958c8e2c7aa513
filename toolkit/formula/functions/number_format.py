"""Number format codes as far as Chinese forms use them: digits, thousands, percent, dates, sections, literal text."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from toolkit.formula.coerce import general, settle
from toolkit.formula.functions.dates import parts_of
from toolkit.model.values import ErrorValue, Value

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|(?P<general>General|G/通用格式)|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*)?|\.[0#?]+)'
    r"|(?P<percent>%)|(?P<date>y+|m+|d+)|(?P<at>@)|(?P<literal>[^\x00-\x7f]|[-+$ ():/!^&'~{}<>=,.])",
    re.IGNORECASE,
)

_LONGEST = 255  # characters of a format code
_WIDE = Context(prec=400, traps=[])  # as many digits as a format of 255 characters can ask for


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    text: str


def format_value(value: Value, code: str) -> Value:
    """A number or text shown by a format code; #VALUE! for a code beyond the supported ones.

    Source: ECMA-376 part 1, 18.8.31 (numFmts); sections are positive; negative; zero; text.
    """
    if len(code) > _LONGEST:
        return ErrorValue.VALUE
    sections = [_parts(section) for section in _sections(code)]
    parsed = [section for section in sections if section is not None]
    if len(parsed) != len(sections) or len(parsed) > 4:
        return ErrorValue.VALUE
    if isinstance(value, str):
        return _show_text(value, parsed)
    number = settle(value) if isinstance(value, Decimal) else Decimal(0)
    parts, shown = _section_for(number, parsed)
    return _show(shown, parts)


def _sections(code: str) -> list[str]:
    pieces = [""]
    quoted = False
    for i, mark in enumerate(code):
        quoted ^= mark == '"'
        if mark == ";" and not quoted and code[i - 1 : i] != "\\":
            pieces.append("")
        else:
            pieces[-1] += mark
    return pieces


def _parts(section: str) -> list[_Part] | None:
    parts: list[_Part] = []
    at = 0
    while at < len(section):
        found = _TOKEN.match(section, at)
        if found is None:
            return None
        kind = found.lastgroup or "quoted"
        text = found[kind]
        parts.append(_Part("literal" if kind in {"quoted", "escaped"} else kind, text))
        at = found.end()
    kinds = [part.kind for part in parts]
    if kinds.count("digits") > 1 or ("date" in kinds and "digits" in kinds):
        return None
    return parts


def _section_for(number: Decimal, sections: list[list[_Part]]) -> tuple[list[_Part], Decimal]:
    if len(sections) > 1 and number < 0:
        return sections[1], -number
    if len(sections) > 2 and number == 0:
        return sections[2], number
    return sections[0], number


def _show_text(text: str, sections: list[list[_Part]]) -> str:
    if len(sections) == 4:
        return "".join(text if part.kind == "at" else part.text for part in sections[3])
    if len(sections) == 1 and any(part.kind == "at" for part in sections[0]):
        return "".join(text if part.kind == "at" else part.text for part in sections[0])
    return text


def _show(number: Decimal, parts: list[_Part]) -> Value:
    kinds = {part.kind for part in parts}
    if "date" in kinds:
        return _show_date(number, parts)
    scaled = _WIDE.multiply(number, Decimal(100) ** sum(part.kind == "percent" for part in parts))
    shown = {"digits": "", "at": general(number), "general": general(abs(number))}
    for part in parts:
        if part.kind == "digits":
            shown["digits"] = _show_digits(abs(scaled), part.text)
    negative = number < 0 and "at" not in kinds and _shows_something(shown["digits"], kinds)
    body = "".join(shown.get(part.kind, part.text) for part in parts)
    return f"-{body}" if negative else body


def _shows_something(digits: str, kinds: set[str]) -> bool:
    return "general" in kinds or any(digit in "123456789" for digit in digits)


def _show_digits(number: Decimal, pattern: str) -> str:
    before, point, after = pattern.partition(".")
    thousands = "," in before.rstrip(",")
    scale = len(before) - len(before.rstrip(","))
    before = before.replace(",", "")
    value = _WIDE.divide(number, Decimal(1000) ** scale)
    rounded = value.quantize(Decimal((0, (1,), -len(after))), ROUND_HALF_UP, _WIDE) if value.adjusted() < 20 else value
    whole, _, fraction = format(rounded, "f").partition(".")
    whole = whole.lstrip("0").rjust(before.count("0"), "0")
    if thousands:
        whole = _grouped(whole)
    return whole + point + _fraction(fraction, after)


def _grouped(whole: str) -> str:
    head = len(whole) % 3
    groups = [whole[:head]] if head else []
    return ",".join(groups + [whole[i : i + 3] for i in range(head, len(whole), 3)])


def _fraction(fraction: str, pattern: str) -> str:
    kept = list(fraction.ljust(len(pattern), "0"))
    for i in range(len(pattern) - 1, -1, -1):
        if pattern[i] == "0" or kept[i] != "0":
            break
        kept[i] = " " if pattern[i] == "?" else ""
    return "".join(kept)


def _show_date(number: Decimal, parts: list[_Part]) -> Value:
    days = parts_of(number)
    if days is None:
        return ErrorValue.VALUE
    year, month, day = days
    shown = {
        "yyyy": f"{year:04d}",
        "yy": f"{year % 100:02d}",
        "mm": f"{month:02d}",
        "m": str(month),
        "dd": f"{day:02d}",
        "d": str(day),
    }
    words = [shown.get(part.text.lower()) if part.kind == "date" else part.text for part in parts]
    return ErrorValue.VALUE if None in words else "".join(word or "" for word in words)
