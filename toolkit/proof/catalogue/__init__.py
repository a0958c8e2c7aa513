"""All proof rules, group after group; of two that say the same of a number the first one is told."""

from toolkit.proof.catalogue import (
    claiming,
    counting,
    dating,
    marking,
    naming,
    proportions,
    repeating,
    sources,
    totals,
    wording,
)
from toolkit.proof.declaration import Rule

RULES: tuple[Rule, ...] = (
    *totals.RULES,
    *proportions.RULES,
    *marking.RULES,
    *claiming.RULES,
    *counting.RULES,
    *naming.RULES,
    *dating.RULES,
    *wording.RULES,
    *sources.RULES,
    *repeating.RULES,
)
