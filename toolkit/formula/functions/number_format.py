"""Number format codes as far as Chinese forms use them: digits, thousands, percent, dates, sections, literal text."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from toolkit.formula.coerce import general, number_in, settle
from toolkit.formula.functions.chinese_numerals import chinese_numeral
from toolkit.formula.functions.dates import parts_of
from toolkit.formula.operators import COMPARISONS
from toolkit.model.values import ErrorValue, Value

_COLOURS = "Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|[黑蓝青绿红白黄]色|洋红色?|(?:Color|颜色) ?[0-9]{1,2}"
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|(?P<tenths>0!\.0,)|(?P<power>[0#]+(?:\.[0#]*)?E[+-]0+)|[\\!](?P<escaped>.)'
    r"|(?P<general>General|G/通用格式)|(?P<numerals>\[DBNum[12]\])"
    rf"|(?P<unseen>\[(?:{_COLOURS})\]|\*.)|_(?P<space>.)|\[\$(?P<currency>[^\]-]*)(?:-[0-9A-F]+)?\]"
    r"|\[(?P<condition>(?:<=|>=|<>|[<>=])-?[0-9.]+)\]"
    r"|(?P<digits>[0#?][0#?,]*(?:\.[0#?]*,*)?|\.[0#?]+,*)"
    r"|(?P<percent>%)|(?P<date>AM/PM|A/P|上午/下午|\[(?:h+|m+|s+)\]|y+|m+|d+|a{3,4}|h+|s+)|(?P<at>@)"
    r"|(?P<literal>[^\x00-\x7f]|[-+$ ():/^&'~{}<>=,.])",
    re.IGNORECASE,
)
_HALVES = {"am/pm": ("AM", "PM"), "a/p": ("A", "P"), "上午/下午": ("上午", "下午")}
_CHINESE_WEEKDAYS = "日一二三四五六"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

_LONGEST = 255  # characters of a format code
_TEN = Context(prec=10, rounding=ROUND_HALF_UP, traps=[])
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
    return ErrorValue.VALUE if parts is None else _show(shown, parts)


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
        if kind not in {"unseen", "currency"} or found[kind]:
            parts.append(_part(kind, found[kind]))
        at = found.end()
    parts = [part for part in parts if part.kind != "unseen"]
    return parts if _is_supported(parts) else None


def _part(kind: str, text: str) -> _Part:
    if kind == "space":
        return _Part("literal", " ")
    return _Part("literal" if kind in {"quoted", "escaped", "currency"} else kind, text)


def _is_supported(parts: list[_Part]) -> bool:
    kinds = [part.kind for part in parts]
    numbers = sum(kinds.count(kind) for kind in ("digits", "tenths", "power"))
    groups = [part.text for part in parts if part.kind == "digits"]
    in_groups = numbers == len(groups) and all(set(group) <= set("0#?") for group in groups[:-1])
    is_fraction = any(part.text == "/" for part in parts)
    if numbers > 1 and (is_fraction or not in_groups or "," in groups[-1]):
        return False
    return "numerals" not in kinds[1:] and not ("date" in kinds and numbers) and "condition" not in kinds[1:]


def _section_for(number: Decimal, sections: list[list[_Part]]) -> tuple[list[_Part] | None, Decimal]:
    if any(_condition(parts) for parts in sections):
        chosen = next((parts for parts in sections if _holds(_condition(parts), number)), None)
        return chosen and [part for part in chosen if part.kind != "condition"], number
    if len(sections) > 1 and number < 0:
        return sections[1], -number
    if len(sections) > 2 and number == 0:
        return sections[2], number
    return sections[0], number


def _condition(parts: list[_Part]) -> str:
    return parts[0].text if parts and parts[0].kind == "condition" else ""


def _holds(condition: str, number: Decimal) -> bool:
    """Whether a condition such as ``>=10000`` holds; none always does."""
    sign = condition.rstrip("-.0123456789")
    bound = number_in(condition[len(sign) :]) if condition else None
    if bound is None:
        return not condition
    return COMPARISONS[sign]((number > bound) - (number < bound))


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
    shown = {"digits": "", "at": general(number), "general": _general(abs(number)), "numerals": ""}
    if sum(part.kind == "digits" for part in parts) > 1:
        parts = _in_groups(abs(scaled), parts)
    for part in parts:
        if part.kind == "digits":
            shown["digits"] = _show_digits(abs(scaled), part.text)
        elif part.kind == "power":
            shown["power"] = shown["digits"] = _show_power(abs(scaled), part.text)
        elif part.kind == "tenths":
            shown["tenths"] = shown["digits"] = _show_tenths(abs(scaled))
    if parts and parts[0].kind == "numerals":
        return _in_numerals(number, shown, parts)
    in_groups = "digits" in kinds and not shown["digits"]
    negative = number < 0 and "at" not in kinds and (in_groups or _shows_something(shown["digits"], kinds))
    body = "".join(shown.get(part.kind, part.text) for part in parts)
    return f"-{body}" if negative else body


def _in_groups(number: Decimal, parts: list[_Part]) -> list[_Part]:
    """``000 0000``: the digits of one number over several groups, filled from the right."""
    groups = [part.text for part in parts if part.kind == "digits"]
    whole, point, fraction = _show_digits(number, "".join(groups)).partition(".")
    texts: list[str] = []
    for group in reversed([group.partition(".")[0] for group in groups]):
        size = len(group) if len(texts) < len(groups) - 1 else len(whole)
        texts.append(whole[len(whole) - size :] if size < len(whole) else whole)
        whole = whole[: max(len(whole) - size, 0)]
    texts[0] += point + fraction
    texts.reverse()
    return [_Part("literal", texts.pop(0)) if part.kind == "digits" else part for part in parts]


def _general(number: Decimal) -> str:
    """A number in the width of a cell: ten digits where it has a fraction."""
    return general(_TEN.plus(number) if number != number.to_integral_value() else number)


def _show_tenths(number: Decimal) -> str:
    """``0!.0,``: thousands without the last digit behind a point put in by hand, which is 万 with one decimal."""
    text = str(_WIDE.divide(number, 1000).quantize(Decimal(1), ROUND_HALF_UP, _WIDE)).rjust(2, "0")
    return f"{text[:-1]}.{text[-1]}"


def _show_power(number: Decimal, pattern: str) -> str:
    """``0.00E+00``: 1.23E+04. Digits before the point step the exponent: with three of them it is a multiple of 3."""
    mantissa, mark, exponent = re.split("(E[+-])", pattern, flags=re.IGNORECASE)
    before, point, after = mantissa.partition(".")
    power = number.adjusted() // len(before) * len(before) if number else 0
    unit = Decimal((0, (1,), -len(after)))
    value = _WIDE.scaleb(number, -power).quantize(unit, ROUND_HALF_UP, _WIDE)
    if value >= 10 ** len(before):
        power += len(before)
        value = _WIDE.scaleb(number, -power).quantize(unit, ROUND_HALF_UP, _WIDE)
    whole, _, fraction = format(value, "f").partition(".")
    sign = "-" if power < 0 else "+" if mark.endswith("+") else ""
    shown = whole.lstrip("0").rjust(before.count("0"), "0") + point + _fraction(fraction, after)
    return f"{shown}E{sign}{abs(power):0{len(exponent)}d}"


def _in_numerals(number: Decimal, shown: dict[str, str], parts: list[_Part]) -> str:
    """[DBNum1] 一百二十三, [DBNum2] 壹佰贰拾叁; digits behind the point one by one."""
    formal = parts[0].text.endswith("2]")
    others = parts[1:] or [_Part("general", "")]
    body = "".join(
        chinese_numeral(shown[part.kind], formal=formal) if part.kind in {"digits", "general"} else part.text
        for part in others
    )
    return f"-{body}" if number < 0 else body


def _shows_something(digits: str, kinds: set[str]) -> bool:
    return "general" in kinds or any(digit in "123456789" for digit in digits)


def _show_digits(number: Decimal, pattern: str) -> str:
    scaled = len(pattern) - len(pattern.rstrip(",")) if "." in pattern else 0
    before, point, after = pattern.rstrip(",").partition(".") if scaled else pattern.partition(".")
    thousands = "," in before.rstrip(",")
    scale = scaled or len(before) - len(before.rstrip(","))
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
    seconds = int(_WIDE.multiply(number % 1, 86_400).to_integral_value(ROUND_HALF_UP))
    hour, minute, second = seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
    shown = {**_words_of_day(year, month, day, int(number)), **_words_of_time(number, hour, second)}
    if any(part.text.lower() in _HALVES for part in parts if part.kind == "date"):
        shown |= {"h": str((hour + 11) % 12 + 1), "hh": f"{(hour + 11) % 12 + 1:02d}"}
    minutes = {"m": str(minute), "mm": f"{minute:02d}"}
    words = [
        (minutes if _is_minute(parts, at) else shown).get(part.text.lower()) if part.kind == "date" else part.text
        for at, part in enumerate(parts)
    ]
    return ErrorValue.VALUE if None in words else "".join(word or "" for word in words)


def _words_of_day(year: int, month: int, day: int, serial: int) -> dict[str, str]:
    weekday = (serial + 6) % 7  # 0 is Sunday
    return {
        "aaaa": f"星期{_CHINESE_WEEKDAYS[weekday]}",
        "aaa": _CHINESE_WEEKDAYS[weekday],
        "yyyy": f"{year:04d}",
        "yy": f"{year % 100:02d}",
        "mmmm": _MONTHS[month - 1],
        "mmm": _MONTHS[month - 1][:3],
        "mm": f"{month:02d}",
        "m": str(month),
        "dddd": _WEEKDAYS[weekday],
        "ddd": _WEEKDAYS[weekday][:3],
        "dd": f"{day:02d}",
        "d": str(day),
    }


def _words_of_time(number: Decimal, hour: int, second: int) -> dict[str, str]:
    elapsed = int(_WIDE.multiply(number, 86_400).to_integral_value(ROUND_HALF_UP))
    totals = {"h": elapsed // 3600, "m": elapsed // 60, "s": elapsed}
    return {
        "h": str(hour),
        "hh": f"{hour:02d}",
        "s": str(second),
        "ss": f"{second:02d}",
        **{f"[{unit * size}]": f"{total:0{size}d}" for unit, total in totals.items() for size in (1, 2)},
        **{half: names[hour >= 12] for half, names in _HALVES.items()},
    }


def _is_minute(parts: list[_Part], at: int) -> bool:
    """An m after hours or before seconds is minutes, any other is a month."""
    if parts[at].text.lower() not in {"m", "mm"}:
        return False
    before = next((part.text.strip("[")[0].lower() for part in reversed(parts[:at]) if part.kind == "date"), "")
    after = next((part.text.strip("[")[0].lower() for part in parts[at + 1 :] if part.kind == "date"), "")
    return before == "h" or after == "s"
