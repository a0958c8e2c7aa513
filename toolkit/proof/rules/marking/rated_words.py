"""Words of a rating against what stands beside them: the degree reached, the evaluator's own word."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_RATED = Pattern(r"评为“(?P<word>较好|较差|好|一般|差)”，按[0-9.]+分的(?P<share>[0-9.]+)%计")
_OPINION = Pattern(r"(?:核定|评定?)为“(?P<word>较好|较差|好|一般|差)”(?!，按)")
_DEGREE = Pattern(r"(?P<word>部分达成|部分未达成|未达成|达成)[（(](?P<share>[0-9]{1,3}(?:\.[0-9]+)?)%[)）]")
_REACHED, _PARTLY = 80, 60
"""From here on a point counts as reached, and as partly reached, in the common three steps. Units: per cent."""


@rule(
    "grade.opinion_word",
    group=Group.GRADES,
    title="评价人意见的等级与评定的等级相同",
    good=("评为“较好”，按2分的80%计，得1.60分。评价人意见：其中1个仍靠人工导入，评为“较好”。",),
    bad=("评为“较好”，按2分的80%计，得1.60分。评价人意见：其中1个仍靠人工导入，评为“好”。",),
)
def opinions(report: Report) -> Iterator[Result]:
    """The word an opinion ends with, behind the one the score was given for, in one cell or paragraph."""
    for place, text in report.document.texts_with(_RATED):
        rated = list(_RATED.finditer(text)) if "评为“" in text else []
        if len(rated) != 1:
            continue
        for match in _OPINION.finditer(text, rated[0].end()):
            if match["word"] != rated[0]["word"]:
                message = f"评为“{rated[0]['word']}”，同一处评价人意见写“{match['word']}”"
                yield differs(place, match["word"], rated[0]["word"], message, confidence=85)


@rule(
    "grade.degree_word",
    group=Group.GRADES,
    title="要点的达成档次与达成程度相符",
    good=("要点1达成（82%）、要点2“目标与建设内容对应”部分达成（77%）、要点3未达成（55%）。",),
    bad=(
        "要点1达成（82%）、要点2部分达成（97%）、要点3未达成（55%）。",
        "要点1达成（72%）、要点2达成（97%）、要点3达成（95%）。",
    ),
)
def degrees(report: Report) -> Iterator[Result]:
    """达成 from 80 per cent, 部分达成 from 60, 未达成 below; where most say otherwise the report has other steps."""
    found = [
        (place, match)
        for place, text in report.document.texts_with(_DEGREE)
        if "达成" in text
        for match in _DEGREE.finditer(text)
    ]
    wrong = [(place, match) for place, match in found if match["word"] != _step(float(match["share"]))]
    if 2 * len(wrong) > len(found):
        return
    for place, match in found:
        facts = report.facts_within(place, match.start(), match.end())
        if (place, match) not in wrong:
            yield from (agrees(*facts) for _ in facts[:1])
        else:
            due = _step(float(match["share"]))
            message = f"“{match[0]}”：{match['share']}%是“{due}”（80%以上达成，60%以上部分达成）"
            yield doubtful(place, match["word"], due, message, facts=facts, confidence=80)


def _step(share: float) -> str:
    return "达成" if share >= _REACHED else "部分达成" if share >= _PARTLY else "未达成"
