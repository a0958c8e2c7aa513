"""整改通知函: the shipped template filled in for the units of a joint project."""

from datetime import date

import pytest

from tests.small_scheme import PROJECTS
from toolkit.correct import LETTER_TEMPLATE, Correction, letter_context
from toolkit.correct.plan import CorrectionRow
from toolkit.model import LetterFacts
from toolkit.resources import document_template_path
from toolkit.word.package import paragraph_text, parse, read_parts, w
from toolkit.word.render import compile_template

JOINT = PROJECTS[1]
ROW = CorrectionRow("资金情况", "C7", "预算资金", "问题", "约300", "金额", "依据", ("READ-21",), "预算资金", "")
FACTS = LetterFacts("<绩效>评价", "市数据局", date(2024, 11, 13), date(2024, 11, 20), "张工", "0513-1")


def written(unit: str) -> str:
    correction = Correction(JOINT, 2, (ROW,), (("READ-21", "预算资金"),), {}, frozenset())
    context = letter_context(unit, [(correction, "整改表.xlsx")], FACTS)
    letter = compile_template(document_template_path(LETTER_TEMPLATE).read_bytes()).render(context)
    return "\n".join(map(paragraph_text, parse(read_parts(letter)["word/document.xml"]).iter(w("p"))))


@pytest.mark.parametrize(
    ("unit", "words"),
    [("市数据局", "本单位为牵头单位"), ("市工业局", "由市数据局牵头、贵单位共同负责")],
)
def test_each_unit_of_a_joint_project_learns_who_answers(unit: str, words: str) -> None:
    text = written(unit)
    assert words in text
    assert "<绩效>评价" in text
    assert "2024年11月20日前" in text.replace(" ", "")
    assert "1个项目共有1处问题" in text
    assert "第2轮" in text
