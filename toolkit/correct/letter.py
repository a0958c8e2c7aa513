"""The letter (整改通知函) that goes with a unit's correction workbooks: what the template's tags are filled with."""

from collections.abc import Sequence

from toolkit.correct.plan import Correction
from toolkit.model import LetterFacts
from toolkit.text.letters import letter_words

LETTER_TEMPLATE = "整改通知函.docx"


def letter_context(unit: str, corrections: Sequence[tuple[Correction, str]], facts: LetterFacts) -> dict[str, object]:
    """What the letter template's tags mean for one unit: its corrections, each with its workbook's file name."""
    rows = [
        {
            "序号": number,
            "项目名称": correction.project.name,
            "轮次": f"第{correction.round}轮",
            "问题数": correction.places,
            "文件名": name,
            "是否牵头": correction.project.units[0] == unit,
            "牵头单位": correction.project.units[0],
            "共同单位": "、".join(other for other in correction.project.units if other != unit),
        }
        for number, (correction, name) in enumerate(corrections, 1)
    ]
    return {
        **letter_words(facts, unit),
        "项目列表": rows,
        "问题总数": sum(correction.places for correction, _ in corrections),
    }
