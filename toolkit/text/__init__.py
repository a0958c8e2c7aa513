"""Chinese user-facing wording that belongs to no single check or rule: how numbers, dates and lists are said."""

from toolkit.text.numbers import amount, chinese_date, percent, plain, round_half_up, score

__all__ = ["amount", "chinese_date", "percent", "plain", "round_half_up", "score"]
