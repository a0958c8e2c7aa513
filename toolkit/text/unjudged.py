"""What stands in the place of an evaluator's name where nobody has judged a score."""

from toolkit.model import LineState

BY_RULE, WAITING = "系统按规则计分，未经人工核查", "待评价人评定"


def nobody(state: LineState) -> str:
    """The words for a line of a score sheet that names no evaluator."""
    return WAITING if state is LineState.PENDING else BY_RULE
