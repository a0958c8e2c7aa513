"""What evaluators wrote about an indicator, as reports quote it."""

import re

from toolkit.model import ScoreLine
from toolkit.report.practices import MARK
from toolkit.report.wording import one_line

_DEDUCTION = re.compile("未扣分|扣[0-9.]+分")
_DEDUCED = re.compile("[，；,;](?:不扣分|未扣分|(?:酌情)?扣[0-9.]+分)。?$")
"""How a reason ends that says again what the words on the score have said."""


def evaluators_words(line: ScoreLine) -> str:
    """An evaluator's reason without the mark of a practice, and without the deduction told before it."""
    words = one_line(line.reason).removeprefix(MARK).lstrip("：: ")
    return _DEDUCED.sub("", words) if _DEDUCTION.search(line.because) else words
