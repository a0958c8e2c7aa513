"""What cells of scores and grades hold; provisional ones, ``42.49（暂）`` and ``良（暂）``, are such, too."""

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.model import PROVISIONAL
from toolkit.proof.document import Cell, Table
from toolkit.text.patterns import Pattern

GRADES = "优良中差"
"""The four grades, the best first (财预〔2020〕10号)."""
_SCORES = Pattern(r"(?:最终|综合|评价|自评|核查|复评|复核|项目)?(?:总?得分|总分)(?:（分）|\(分\))?")


def grade_columns(table: Table) -> Iterator[tuple[int, int]]:
    """The column of scores and the column of grades beside it."""
    grades = [
        at
        for at, heading in enumerate(table.headings)
        if re.fullmatch(r"(?:绩效|评价|评定|核查|复评|复核|综合|最终)?(?:等级|等次|级别)", heading)
    ]
    scores = [at for at, heading in enumerate(table.headings) if _SCORES.fullmatch(heading)]
    if grades and scores:
        before = [at for at in scores if at < grades[0]]
        yield (before or scores)[-1], grades[0]


def grade_in(cell: Cell) -> str:
    """The grade that a cell holds, or ""."""
    given = cell.text.strip().removesuffix(PROVISIONAL)
    return given if len(given) == 1 and given in GRADES else ""


def score_in(text: str) -> Decimal | None:
    """The score, rank or count that a cell's text is, None where it is something else. Units: 分."""
    plain = text.strip().removesuffix(PROVISIONAL).replace(",", "").removesuffix("分")
    return Decimal(plain) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain) else None
