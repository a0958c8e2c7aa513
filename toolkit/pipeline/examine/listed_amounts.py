"""Amounts of 整体核查清单 against what the collection workbooks of the same projects say, as verified."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from toolkit.formula.fields import FieldValues
from toolkit.model import Finding, Roster, Sentence, Severity, Stated

_CENT = Decimal("0.005")
_HINT = "核对账目：清单有误的改清单；采集表有误的退回更正。整体核查报告采用采集表核定数，并列出这一差异"


def differing_amounts(roster: Roster, fields: Mapping[str, FieldValues], unit: str) -> Iterator[Finding]:
    """A warning at the cell of the list for every amount that differs; contract amounts are compared on the roster."""
    for listed in roster.listed:
        own = fields.get(listed.project)
        for name, amount in listed.amounts.items():
            other = own.number(name) if own and name != "合同金额" else None
            if other is None or abs(other - amount) <= _CENT:
                continue
            listed_as, verified_as = f"整体核查清单列{amount:,f}{unit}", f"核定为{other:,f}{unit}"
            words = Sentence.saying(
                "“{project_name}”的{name}，{listed_as}，采集表（项目{project}）{verified_as}",
                project_name=listed.name,
                name=name,
                listed_as=listed_as,
                project=listed.project,
                verified_as=verified_as,
            )
            at, found, expected = listed.places[name], Stated(amount), Stated(other)
            yield Finding("ROSTER-13", Severity.WARNING, at, words, _HINT, found=found, expected=expected)
