"""What a report of one project says of its score: above or below a mean it names, the grade its disposition rests on."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_SCORED = Pattern(r"(?:综合|最终|评价)?得分(?P<score>[0-9]{1,3}(?:\.[0-9]+)?)分")
_AGAINST = Pattern(
    r"(?P<way>高于|低于|超过|不及)[^，。；0-9]{0,12}平均(?:得分|分|水平|值)?[（(为]?(?P<mean>[0-9]{1,3}(?:\.[0-9]+)?)分"
)
_ABOVE = ("高于", "超过")
_GRADED = Pattern(r"绩效等级为[“\"]?(?P<grade>[优良中差])")
_GROUND = Pattern(r"依据[：:]\s*(?:绩效)?等级为[“\"]?(?P<grade>[优良中差])[”\"]?(?![、或])")


@rule(
    "score.against_mean",
    group=Group.LOGIC,
    title="得分高于或低于平均分的说法与两个数相符",
    good=("本项目综合得分89.60分，绩效等级为“良”。在38个项目中列第16位，高于全部参评项目的平均得分（88.58分）。",),
    bad=("本项目综合得分89.60分，绩效等级为“良”。在38个项目中列第16位，低于全部参评项目的平均得分（88.58分）。",),
)
def means(report: Report) -> Iterator[Result]:
    """The score that the same text tells before, and the mean it is said to lie above or below."""
    for place, text in report.document.texts_with(_AGAINST, least=6):
        for match in _AGAINST.finditer(text) if "平均" in text else ():
            before = list(_SCORED.finditer(text, 0, match.start()))
            if not before:
                continue
            score, mean = Decimal(before[-1]["score"]), Decimal(match["mean"])
            facts = report.facts_within(place, match.start(), match.end())
            if (score > mean) == (match["way"] in _ABOVE) and score != mean:
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                right = "高于" if score > mean else "低于" if score < mean else "等于"
                message = f"得分{score}分与平均{mean}分相比是“{right}”，写的是“{match['way']}”"
                yield differs(place, match["way"], right, message, facts=facts, confidence=90)


@rule(
    "grade.ground",
    group=Group.GRADES,
    title="结果应用所依据的等级是本项目的等级",
    good=("结论\t综合得分96.43分，绩效等级为“优”。\n结果应用\t支持：优先安排下年度经费。依据：等级为优。\n",),
    bad=("结论\t综合得分96.43分，绩效等级为“优”。\n结果应用\t支持：优先安排下年度经费。依据：等级为良。\n",),
)
def grounds(report: Report) -> Iterator[Result]:
    """The grade behind 依据, and the only one the report gives."""
    grades = {match["grade"] for _, text in report.document.texts_with(_GRADED) for match in _GRADED.finditer(text)}
    if len(grades) != 1:
        return
    (grade,) = grades
    for place, text in report.document.texts_with(_GROUND, least=7):
        for match in _GROUND.finditer(text):
            if match["grade"] != grade:
                message = f"依据写等级为{match['grade']}，报告的绩效等级为“{grade}”"
                yield differs(place, match["grade"], grade, message, confidence=85)
