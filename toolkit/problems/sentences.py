"""Sentences of 问题与建议 with their figures: ``{数额}`` and ``{计划初验日期}`` become pieces that stay values.

A report binds a piece to its cell of the master; whoever only reads joins the texts.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from toolkit.model import FieldType, ProblemHit, ProblemTally, Roster, Scheme, Value, serial_to_date
from toolkit.model.problem import CUTOFF
from toolkit.text import amount, chinese_date, percent, plain, score

_OF_SEVERAL = re.compile("，最[^，：{]*{最[大小]}")
"""，最多{最大} behind a sum, which says nothing more where the sum is of a single amount."""
_MOST = re.compile("，最[高低长短多少大小快慢早晚]([^，：{]*)(?={最[大小]})")
_SUM = re.compile("(，?)共([^，：{]*)(?={合计})")
_ALL = re.compile("{m}个项目中{n}个(?!项目)")
_CLAUSE = re.compile("(?=[，：；（])")
_AMOUNT = re.compile("(?:共[^，：{]*)?{(?:合计|最大|最小|平均|数额|名单|失分)}.*")
"""What a clause says of projects concerned: nothing where there are none."""
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_SCORES = ("得分", "分值", "失分", "自评分")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: words, or one figure with the name it was asked for and its value."""

    text: str
    name: str = ""
    value: Value = None


@lru_cache(maxsize=4096)  # said of every project
def _parts(template: str) -> tuple[str, ...]:
    """A template cut at its names: words, name, words, name … words."""
    return tuple(_PLACEHOLDER.split(template))


def placeholders(template: str) -> tuple[str, ...]:
    """Names in braces, each once, in order of appearance."""
    return tuple(dict.fromkeys(name.strip() for name in _parts(template)[1::2]))


def words(pieces: Sequence[Piece]) -> str:
    """The sentence as one text."""
    return "".join(piece.text for piece in pieces)


def statement(hit: ProblemHit, scheme: Scheme, roster: Roster) -> tuple[Piece, ...]:
    """One project's sentence (问题表述)."""
    project = roster.project(hit.project)
    indicator = scheme.indicator(hit.row.indicator)
    texts = {
        "项目": project.name if project else hit.project,
        "单位": project.unit if project else "",
        "指标": indicator.name if indicator else "",
        "数额": amount_text(hit.amount, hit.row.amount_unit),
    }

    def piece(name: str) -> Piece:
        if name in texts:
            return Piece(texts[name], name, hit.amount if name == "数额" else None)
        value = hit.values.get(name)
        return Piece(_shown(name, value, hit, scheme), name, value)

    return _filled(hit.row.statement, piece)


def summary(tally: ProblemTally, roster: Roster) -> tuple[Piece, ...]:
    """The sentence over all projects (汇总表述); that of a single project stands in where the row has none."""
    row, hits = tally.row, tally.hits
    template = agreeing(row.summary, len(hits), len(tally.population))
    amounts = [hit.amount for hit in hits if hit.amount is not None]
    projects = [project for hit in hits if (project := roster.project(hit.project))]
    names = "、".join(project.name for project in projects[:_SHOWN])
    more = f"等{len(projects)}个项目" if len(projects) > _SHOWN else ""
    counts: dict[str, tuple[str, Value]] = {
        "n": (str(len(hits)), Decimal(len(hits))),
        "m": (str(len(tally.population)), Decimal(len(tally.population))),
        "未取得": (str(len(tally.unknown)), Decimal(len(tally.unknown))),
        "单位数": (str(len({unit for project in projects for unit in project.units})), None),
        "名单": (f"{names}{more}", None),
        "数额": ("、".join(amount_text(value, "") for value in amounts[:_SHOWN]) + row.amount_unit, None),
        "失分": (f"{score(tally.lost)}分", tally.lost),
    }
    if amounts:
        figures = {"合计": sum(amounts, Decimal(0)), "最大": max(amounts), "最小": min(amounts)}
        figures["平均"] = figures["合计"] / len(amounts)
        counts |= {name: (amount_text(value, row.amount_unit), value) for name, value in figures.items()}
    return _filled(
        template, lambda name: Piece(counts.get(name, ("—", None))[0], name, counts.get(name, ("", None))[1])
    )


def agreeing(template: str, number: int, population: int) -> str:
    """The sentence as it is said of this many projects: of one nothing is 最低 or 共, of all none is 其中.

    Of none it says neither amounts nor names.
    """
    if not number:
        first, *others = _CLAUSE.split(template)
        rest = "".join(clause for clause in others if not _AMOUNT.search(clause))
        return f"{_AMOUNT.sub('', first)}{rest}"
    if number == population:
        template = _ALL.sub("{m}个项目" if number == 1 else "{m}个项目全部", template)
    if number != 1:
        return template
    if "{合计}" in template:
        template = _OF_SEVERAL.sub("", template)
    template = _MOST.sub(lambda found: f"，{found[1] or '为'}", template)
    return _SUM.sub(lambda found: f"{found[1]}{found[2] or '计' if found[1] else found[2]}", template)


def amount_text(value: Decimal | None, unit: str) -> str:
    """An amount with its unit: money with two decimals, a share as a percentage, counts as they are."""
    if value is None:
        return "—"
    if unit in ("万元", "元"):
        return f"{amount(value)}{unit}"
    return percent(value) if unit == "%" else f"{plain(value)}{unit}"


def _filled(template: str, piece: Callable[[str], Piece]) -> tuple[Piece, ...]:
    parts = enumerate(_parts(template))
    return tuple(piece(part.strip()) if number % 2 else Piece(part) for number, part in parts if part)


def _shown(name: str, value: Value, hit: ProblemHit, scheme: Scheme) -> str:
    if value is None or value == "":
        return "（未填）"
    if not isinstance(value, Decimal):
        return str(value)
    base, _, code = name.partition("_")
    if base in _SCORES:
        return f"{score(value)}分"
    if base == "得分率":
        return percent(value)
    kind, unit = _kind(name, base, code or hit.row.indicator, scheme)
    return _of_kind(kind, unit, value)


def _kind(name: str, local: str, code: str, scheme: Scheme) -> tuple[FieldType, str]:
    field = scheme.field(name)
    if field:
        return field.type, field.unit
    if name == CUTOFF:
        return FieldType.DATE, ""
    indicator = scheme.indicator(code)
    asked = next((asked for asked in indicator.inputs if asked.local == local), None) if indicator else None
    return (asked.type, asked.unit) if asked else (FieldType.NUMBER, "")


def _of_kind(kind: FieldType, unit: str, value: Decimal) -> str:
    match kind:
        case FieldType.AMOUNT:
            return f"{amount(value)}{unit}"
        case FieldType.RATE:
            return percent(value)
        case FieldType.DATE:
            return chinese_date(serial_to_date(value))
        case _:
            return f"{plain(value)}{unit}"
