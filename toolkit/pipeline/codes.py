"""The catalogue of finding codes: what every code the program can give means, gathered from where each is declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from toolkit.checks.batch_codes import BATCH_CODES
from toolkit.checks.catalogue import CHECKS
from toolkit.collect.wording import READING_RULES
from toolkit.model import Severity
from toolkit.text.code_titles import OF_EVALUATORS, OF_TEAM, OF_THE_SCHEME, OF_UNITS
from toolkit.text.problem_kinds import kind_of_code


class Origin(StrEnum):
    """Which part of the work gives a code; the value heads its table in the handbook."""

    CHECK = "检查项"
    READING = "读取采集表时的提示"
    FILES = "报送文件与佐证材料"
    EVALUATORS = "评审意见、模板与成果复核"
    SCHEME = "方案与项目清单"
    TEAM = "人员与协作"


@dataclass(frozen=True, slots=True)
class DeclaredCode:
    """What a code means.

    Attributes:
        title: what it says is wrong.
        severity: as declared; None where it differs from finding to finding.
        kind: 问题类别 under which master and reports count it; "" for what is no unit's problem.
        hint: how to put it right; "" where each finding says it.
        source: clause or rule behind it; "" where there is none.
    """

    code: str
    origin: Origin
    title: str
    severity: Severity | None = None
    kind: str = ""
    hint: str = ""
    source: str = ""


def _declared(
    origin: Origin, code: str, title: str, severity: Severity | None = None, hint: str = "", source: str = ""
) -> DeclaredCode:
    kind = kind_of_code(code)
    return DeclaredCode(code, origin, title, severity, kind.name if kind else "", hint, source)


def gathered(declared: Iterable[DeclaredCode]) -> Mapping[str, DeclaredCode]:
    """The declarations by code, in order.

    Raises:
        ValueError: a code is declared twice.
    """
    codes: dict[str, DeclaredCode] = {}
    for code in declared:
        if code.code in codes:
            raise ValueError(f"{code.code} is declared as {codes[code.code].title} and as {code.title}")
        codes[code.code] = code
    return MappingProxyType(codes)


CODES = gathered(
    (
        *(
            _declared(Origin.CHECK, check.code, check.title, check.severity, check.hint, check.source)
            for check in CHECKS
        ),
        *(
            _declared(Origin.CHECK, batch.code, batch.title, batch.severity, batch.hint)
            for batch in BATCH_CODES.values()
        ),
        *(
            _declared(Origin.READING, rule.code, rule.words, rule.severity, rule.hint)
            for rule in READING_RULES.values()
        ),
        *(_declared(Origin.FILES, code, title, hint=hint) for code, (title, hint) in OF_UNITS.items()),
        *(_declared(Origin.EVALUATORS, code, title, hint=hint) for code, (title, hint) in OF_EVALUATORS.items()),
        *(_declared(Origin.TEAM, code, title, hint=hint) for code, (title, hint) in OF_TEAM.items()),
        *(_declared(Origin.SCHEME, code, title) for code, title in OF_THE_SCHEME.items()),
    )
)
"""Code → what it means: every code there is, once. Codes of a scheme's 勾稽 are the scheme's own."""


def codes_about_units() -> frozenset[str]:
    """Codes about what units sent: those a scheme's 问题与建议 may name."""
    about = (Origin.CHECK, Origin.READING, Origin.FILES)
    return frozenset(code for code, one in CODES.items() if one.origin in about)
