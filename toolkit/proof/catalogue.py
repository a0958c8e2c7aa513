"""All proof rules in the order they run: one screen, one line each."""

from toolkit.proof.declaration import Rule
from toolkit.proof.rules import sums

RULES: tuple[Rule, ...] = (
    sums.column_totals,
    sums.row_totals,
    sums.column_relations,
)
