# ruff: noqa: I001, F401  (the lines stand in the order of the manual; to import a kind here is to have it)
"""All rule kinds, one line each. A new kind is its own file and its line here."""

import difflib

from toolkit.rules.checkpoint_points import CheckpointPoints
from toolkit.rules.checkpoint_tiered import CheckpointTiered
from toolkit.rules.rate_proportional import RateProportional
from toolkit.rules.target_ratio import TargetRatio
from toolkit.rules.all_or_nothing import AllOrNothing
from toolkit.rules.point_deduct_overshoot import PointDeductOvershoot
from toolkit.rules.date_window import DateWindow
from toolkit.rules.tolerance_band import ToleranceBand
from toolkit.rules.shortfall_per_unit import ShortfallPerUnit
from toolkit.rules.qualitative_grade import QualitativeGrade
from toolkit.rules.qualitative_tier import QualitativeTier
from toolkit.rules.gated_proportional import GatedProportional
from toolkit.rules.step_bands import StepBands
from toolkit.rules.bounded_linear import BoundedLinear
from toolkit.rules.count_deduct import CountDeduct
from toolkit.rules.likert_weighted import LikertWeighted
from toolkit.rules.reverse_target import ReverseTarget
from toolkit.rules.option_points import OptionPoints
from toolkit.rules.own_formula import OwnFormula
from toolkit.rules.discretionary import Discretionary
from toolkit.rules.rule import Rule

KINDS: dict[str, type[Rule]] = {
    one.kind: one
    for one in tuple(globals().values())
    if isinstance(one, type) and issubclass(one, Rule) and "kind" in vars(one)
}
"""Rule classes by English kind, in the order of the manual."""


def kind_of(name: str) -> type[Rule] | None:
    """The rule class of a Chinese label or an English kind."""
    return KINDS.get(name) or next((rule for rule in KINDS.values() if rule.label == name), None)


def suggest(name: str) -> str:
    """The label nearest to a misspelt one; "" when none is near."""
    labels = {rule.label: rule.label for rule in KINDS.values()} | {kind: rule.label for kind, rule in KINDS.items()}
    near = difflib.get_close_matches(name, labels, n=1, cutoff=0.5)
    return labels[near[0]] if near else ""
