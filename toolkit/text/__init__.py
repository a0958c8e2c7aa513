"""Chinese user-facing wording that belongs to no single check or rule.

How values are said (``values``; numbers and dates: ``toolkit.model.numbers``) and how numbers and dates are read where
people write them (``numerals``, ``days``), how texts are compared and made storable (``folding``), and which kind of
problem a finding belongs to.
"""

from toolkit.model.numbers import amount, chinese_date, percent, plain, printed_score, readable, round_half_up, score

__all__ = ["amount", "chinese_date", "percent", "plain", "printed_score", "readable", "round_half_up", "score"]
