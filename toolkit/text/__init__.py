"""Chinese user-facing wording that belongs to no single check or rule.

How numbers and dates are said, what a code is about, and which kind of problem a finding belongs to.
"""

from toolkit.text.numbers import amount, chinese_date, percent, plain, round_half_up, score

__all__ = ["amount", "chinese_date", "percent", "plain", "round_half_up", "score"]
