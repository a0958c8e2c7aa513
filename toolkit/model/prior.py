"""Figures of the evaluation before this one: put into forms to be verified, and compared with this year's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from toolkit.model.values import Value

NO_FIGURES: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PriorYear:
    """What last year's evaluation found, by this year's project ids.

    Attributes:
        title: of last year's evaluation; "" where there was none.
        prefill: project id → slot key → value put into its form, to be verified by the unit.
        figures: project id → field key → value, calculated fields included; amounts in the field's own unit.
        rates: project id → indicator code of this year → score over full mark, as a fraction.
        totals: project id → total score. Units: 分.
    """

    title: str = ""
    prefill: Mapping[str, Mapping[str, Value]] = field(default_factory=lambda: MappingProxyType({}))
    figures: Mapping[str, Mapping[str, Value]] = field(default_factory=lambda: MappingProxyType({}))
    rates: Mapping[str, Mapping[str, Decimal]] = field(default_factory=lambda: MappingProxyType({}))
    totals: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))

    def __bool__(self) -> bool:
        """There is something of last year."""
        return bool(self.figures or self.rates or self.totals)

    def keys(self) -> frozenset[str]:
        """Slots that hold last year's value in some project's form."""
        return frozenset(key for values in self.prefill.values() for key in values)
