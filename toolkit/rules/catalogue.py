"""All rule kinds. A new kind is its own file and one line here."""

import difflib

from toolkit.rules.all_or_nothing import AllOrNothing
from toolkit.rules.bounded_linear import BoundedLinear
from toolkit.rules.checkpoint_points import CheckpointPoints
from toolkit.rules.checkpoint_tiered import CheckpointTiered
from toolkit.rules.count_deduct import CountDeduct
from toolkit.rules.date_window import DateWindow
from toolkit.rules.discretionary import Discretionary
from toolkit.rules.gated_proportional import GatedProportional
from toolkit.rules.likert_weighted import LikertWeighted
from toolkit.rules.point_deduct_overshoot import PointDeductOvershoot
from toolkit.rules.qualitative_grade import QualitativeGrade
from toolkit.rules.qualitative_tier import QualitativeTier
from toolkit.rules.rate_proportional import RateProportional
from toolkit.rules.reverse_target import ReverseTarget
from toolkit.rules.rule import Rule
from toolkit.rules.shortfall_per_unit import ShortfallPerUnit
from toolkit.rules.step_bands import StepBands
from toolkit.rules.target_ratio import TargetRatio
from toolkit.rules.tolerance_band import ToleranceBand

_ALL: tuple[type[Rule], ...] = (
    CheckpointPoints,
    CheckpointTiered,
    RateProportional,
    TargetRatio,
    AllOrNothing,
    PointDeductOvershoot,
    DateWindow,
    ToleranceBand,
    ShortfallPerUnit,
    QualitativeGrade,
    QualitativeTier,
    GatedProportional,
    StepBands,
    BoundedLinear,
    CountDeduct,
    LikertWeighted,
    ReverseTarget,
    Discretionary,
)
KINDS: dict[str, type[Rule]] = {rule.kind: rule for rule in _ALL}
"""Rule classes by English kind, in the order of the manual."""


def kind_of(name: str) -> type[Rule] | None:
    """The rule class of a Chinese label or an English kind."""
    return KINDS.get(name) or next((rule for rule in KINDS.values() if rule.label == name), None)


def suggest(name: str) -> str:
    """The label nearest to a misspelt one; "" when none is near."""
    labels = {rule.label: rule.label for rule in KINDS.values()} | {kind: rule.label for kind, rule in KINDS.items()}
    near = difflib.get_close_matches(name, labels, n=1, cutoff=0.5)
    return labels[near[0]] if near else ""
