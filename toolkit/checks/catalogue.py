"""All built-in checks in the order they run: one screen, one line each. The scheme's 勾稽 run after them."""

from toolkit.checks import filled, funds, rates, scores, tampering
from toolkit.checks.declaration import Check

CHECKS: tuple[Check, ...] = (
    filled.required_blank,
    filled.indicator_blank,
    filled.evidence_missing,
    rates.shown_differs,
    rates.formula_differs,
    rates.own_formula_gives_other_value,
    rates.constant_instead_of_formula,
    rates.never_calculated,
    rates.undefined_rate,
    rates.rate_above_one,
    funds.paid_above_contract,
    funds.spent_above_arrived,
    funds.year_above_cumulative,
    funds.audited_above_contract,
    funds.contract_differs_from_roster,
    tampering.formula_overwritten,
    tampering.formula_altered,
    tampering.text_altered,
    tampering.content_removed,
    tampering.content_added,
    tampering.prefilled_altered,
    scores.self_score_out_of_range,
    scores.self_score_not_by_rule,
)
