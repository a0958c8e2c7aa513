"""All built-in checks in the order they run: one screen, one line each. The scheme's 勾稽 run after them."""

from collections.abc import Mapping

from toolkit.checks import balances, dates, filled, funds, magnitude, rates, scores, tampering, texts, yearly
from toolkit.checks.declaration import Check

CHECKS: tuple[Check, ...] = (
    filled.required_blank,
    filled.indicator_blank,
    filled.derived_blank_is_zero,
    filled.derived_blank_does_not_apply,
    filled.derived_blank_is_asked,
    filled.zero_from_blank,
    filled.evidence_missing,
    filled.evidence_without_name,
    rates.shown_differs,
    rates.formula_differs,
    rates.own_formula_gives_other_value,
    rates.constant_instead_of_formula,
    rates.never_calculated,
    rates.undefined_rate,
    rates.rate_above_one,
    funds.paid_above_contract,
    funds.paid_on_a_contract_of_nothing,
    funds.spent_above_arrived,
    funds.year_above_cumulative,
    funds.audited_above_contract,
    funds.contract_differs_from_roster,
    funds.below_zero,
    balances.balance_of_quota,
    balances.granted_not_paid,
    balances.left_over,
    balances.payments_differ_from_total,
    balances.fees_in_main_contract,
    balances.more_good_than_made,
    magnitude.amount_off_by_wan,
    magnitude.rate_off_by_hundred,
    dates.dates_out_of_order,
    dates.paid_after_cutoff,
    dates.paid_before_contract,
    dates.period_differs,
    texts.accepted_without_date,
    texts.unpaid_with_amount,
    texts.lost_without_words,
    texts.outside_the_tier,
    tampering.formula_overwritten,
    tampering.formula_altered,
    tampering.text_altered,
    tampering.content_removed,
    tampering.content_added,
    tampering.prefilled_altered,
    tampering.example_filled,
    scores.self_score_out_of_range,
    scores.self_score_not_by_rule,
    scores.self_score_without_value,
    scores.full_mark_below_target,
    yearly.same_as_last_year,
    yearly.nothing_updated,
    yearly.moved_far,
)

SOURCES: Mapping[str, str] = {check.code: check.source for check in CHECKS}
"""Code → the clause behind it."""
