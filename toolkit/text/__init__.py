"""Chinese user-facing wording that belongs to no single check or rule.

How numbers, dates and values are said (``numbers``, ``values``) and read where people write them (``numerals``,
``days``), how texts are compared and made storable (``folding``), and which kind of problem a finding belongs to.
"""

from toolkit.text.numbers import amount, chinese_date, percent, plain, round_half_up, score

__all__ = ["amount", "chinese_date", "percent", "plain", "round_half_up", "score"]
