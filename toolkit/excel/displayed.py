"""What a number format makes of a cell's content: shown as it is stored, not shown at all, or shown as something else.

A format can hide a number (``;;;``), put digits before it (``"99"0.00``), divide it (``0,`` or ``0!.0,``) or take its
sign away (``0.00;0.00``). What a person sees in such a cell is not what is stored, and only what is seen was reported.
Source: ECMA-376 part 1, 18.8.31 (numFmts).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from toolkit.model.values import Value

_LONGEST = 512  # a real code has at most 255 characters, a hostile one was seen with a million
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*(?P<filling>.)|\[(?P<bracket>[^\]]*)\]|(?P<end>;)|(?P<plain>.)',
    re.DOTALL,
)
_DATE_LETTERS = re.compile("[dmhysaegb]", re.IGNORECASE)
_CONDITION = re.compile("[<>=]")
_WHITE = re.compile("white|白色|color *2", re.IGNORECASE)
_EXPONENT = re.compile("E[+-]", re.IGNORECASE)
_HEDGED = re.compile("约|大概|左右|近|以上|以下|不足|不到|至少|至多|超过?|余|多|[<>≤≥＜＞~～±]")
"""Words that make another statement of a number: 约300 is not 300."""
_RED = re.compile("red|红色|color *3", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_DENOMINATOR = re.compile("/ *[1-9][0-9]*")
_PLACEHOLDERS = re.compile(r"general|[0#?.,@%E+\-/ ]", re.IGNORECASE)
_MINUS = re.compile("[-−–—(（负减▲△]")
_NUMERIC = re.compile(r"[0-9０-９.．%％‰○〇零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]")
_UNIT_CHARACTERS = re.compile(r"(?:元|千元|万元?|百万元|千万元|亿元?)整?")


class Shown(Enum):
    """How a cell's content appears in it."""

    AS_STORED = "as stored"
    NOT_AT_ALL = "not at all"
    OTHERWISE = "as something else"


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a cell's content appears; ``unit`` is the unit of money the format writes behind it (``元``), "" for none."""

    shown: Shown
    unit: str = ""


_PLAIN = Appearance(Shown.AS_STORED)


@dataclass(frozen=True, slots=True)
class _Section:
    """One of up to four parts of a code: its placeholders, its fixed texts, what stands in brackets."""

    code: str
    literals: tuple[str, ...]
    brackets: tuple[str, ...]

    @property
    def empty(self) -> bool:
        return not self.code.strip() and not any(self.literals)


def appearance(code: str, value: Value) -> Appearance:
    """How a number or text appears under a number format; other contents appear as they are."""
    if code in ("General", "@", "") or not isinstance(value, Decimal | str):
        return _PLAIN
    if isinstance(value, str):
        return _of_text(code[:_LONGEST])
    return _of_number(code[:_LONGEST], (value > 0) - (value < 0))


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections, pieces, literals, brackets = [], list[str](), list[str](), list[str]()
    for match in _TOKEN.finditer(code):
        if match["end"]:
            sections.append(_Section("".join(pieces), tuple(literals), tuple(brackets)))
            pieces, literals, brackets = [], [], []
        elif written := match["quoted"] or match["escaped"] or (match["filling"] or "").strip():
            literals.append(written)
        elif match["bracket"] is not None:
            brackets.append(match["bracket"])
        else:
            pieces.append(match["plain"] or "")
    return (*sections, _Section("".join(pieces), tuple(literals), tuple(brackets)))


@lru_cache(maxsize=1024)
def _of_number(code: str, sign: int) -> Appearance:
    sections = _sections(code)
    numeric = sections[:3]
    if any(_CONDITION.search(text) for section in numeric for text in section.brackets if not text.startswith("$")):
        # Which part applies hangs on conditions of its own: all of them must show the number.
        found = [_of_section(section) for section in numeric if not section.empty]
        return next((look for look in found if look.shown is not Shown.AS_STORED), _PLAIN)
    of_sign = {1: 0, -1: 1, 0: 2}[sign]
    has_own = of_sign < len(numeric) and not (len(numeric) == 2 and numeric[1].code.strip() == "@")
    section = numeric[of_sign if has_own else 0]
    look = _of_section(section)
    if sign < 0 and has_own and not section.empty and not _marks_negative(section):
        return Appearance(Shown.OTHERWISE)
    if sign > 0 and look.shown is Shown.AS_STORED and _looks_negative(section):
        return Appearance(Shown.OTHERWISE)
    return look


def _marks_negative(section: _Section) -> bool:
    texts = (section.code, *section.literals)
    return any(map(_MINUS.search, texts)) or any(map(_RED.search, section.brackets))


def _looks_negative(section: _Section) -> bool:
    """Whether a minus or a bracket stands with a number; days are written with hyphens, exponents with a minus."""
    return not _shows_day(section) and any(map(_MINUS.search, (_EXPONENT.sub("", section.code), *section.literals)))


def _shows_day(section: _Section) -> bool:
    lasting = any(text[:1] in "hms" for text in section.brackets if text)
    return "general" not in section.code.casefold() and bool(lasting or _DATE_LETTERS.search(section.code))


def _of_section(section: _Section) -> Appearance:
    if any(map(_WHITE.fullmatch, section.brackets)):
        return Appearance(Shown.NOT_AT_ALL)
    if section.empty:
        return _PLAIN if section.brackets else Appearance(Shown.NOT_AT_ALL)
    if "general" in section.code.casefold() or "@" in section.code:
        return _with_literals(section)
    if _shows_day(section):
        digits = any(re.search("[0-9]", text) for text in section.literals)
        return Appearance(Shown.OTHERWISE) if digits else _PLAIN
    bare = re.search("[1-9]", _DENOMINATOR.sub("", section.code))
    if bare or not re.search("[0#?]", section.code) or _SCALED.search(section.code) or section.code.count("%") > 1:
        return Appearance(Shown.OTHERWISE)
    return _with_literals(section)


def _with_literals(section: _Section) -> Appearance:
    """A number with fixed texts around it: a unit of money is one, anything numeric makes another number of it."""
    unit = next((text.strip() for text in section.literals if _UNIT_CHARACTERS.fullmatch(text.strip())), "")
    written = "".join([*section.literals, _PLACEHOLDERS.sub("", _DENOMINATOR.sub("", section.code))])
    if not unit and (match := _UNIT_CHARACTERS.fullmatch(written.strip(" ()（）-"))):
        unit = match[0]
    others = written.replace(unit, "", 1) if unit else written
    misleads = _NUMERIC.search(others) or _HEDGED.fullmatch(others.strip())
    return Appearance(Shown.OTHERWISE if misleads else Shown.AS_STORED, unit)


@lru_cache(maxsize=1024)
def _of_text(code: str) -> Appearance:
    sections = _sections(code)
    section = sections[3] if len(sections) == 4 else sections[-1]
    if len(sections) < 4 and "@" not in section.code:
        return _PLAIN
    if section.empty:
        return Appearance(Shown.NOT_AT_ALL)
    return _with_literals(section) if "@" in section.code else Appearance(Shown.OTHERWISE)
