"""Scoring rule kinds: parameters + one Excel formula + words.

In: a kind's name and the parameters of a scheme row. Out: a :class:`Rule` with its formula text over local names
(``分值``, ``完成值``, ``要点1`` …), the values it needs, the 评分标准 and the sentence that explains a score.
The formula is the only arithmetic there is; it is evaluated by ``toolkit.formula`` and stands in the collection
workbook as it is. A new kind is one file and one line of ``catalogue``.
"""

from toolkit.rules.applicability import applies, roster_values
from toolkit.rules.building import (
    CHECKPOINTS,
    Misfit,
    RuleReading,
    build_rule,
    parameter_names,
    read_parameters,
    rule_for,
)
from toolkit.rules.catalogue import KINDS, kind_of, suggest
from toolkit.rules.checkpoint import Checkpoint, read_checkpoints
from toolkit.rules.rule import FULL_MARK, Case, Example, Rule, RuleInput, SingleValueRule
from toolkit.rules.sample_values import read_value, read_values

__all__ = [
    "CHECKPOINTS",
    "FULL_MARK",
    "KINDS",
    "Case",
    "Checkpoint",
    "Example",
    "Misfit",
    "Rule",
    "RuleInput",
    "RuleReading",
    "SingleValueRule",
    "applies",
    "build_rule",
    "kind_of",
    "parameter_names",
    "read_checkpoints",
    "read_parameters",
    "read_value",
    "read_values",
    "roster_values",
    "rule_for",
    "suggest",
]
