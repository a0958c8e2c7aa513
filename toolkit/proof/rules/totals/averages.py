"""Averages in prose against the list of all scores; numbers of the grades against the number of projects."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Cell
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import is_turned
from toolkit.proof.outline import numeral
from toolkit.proof.records import body_rows
from toolkit.proof.report import Report
from toolkit.proof.row_words import row_name
from toolkit.text.patterns import Pattern

_TABLE = "表1 得分排名\n排名\t项目名称\t总分\n1\t甲信息平台\t95.20\n2\t乙管理系统\t88.10\n3\t丙机房改造\t71.00\n4\t丁网络建设\t60.30\n"
_GRADE = Pattern(r"[“\"]?(?P<grade>优|良|中|差)[”\"]?(?:等级)?(?:的)?(?:有|为|：|:)?\s*(?P<count>\d+)\s*个")
_PROJECTS = Pattern(r"(?:已评分的|参评的?|评价的?|共)\s*(\d+)\s*个(?:参评)?项目")
_PIECES = Pattern(r"(\d+|[一二三四五六七八九十]+)\s*个")


@rule(
    "average.scores",
    group=Group.RANKINGS,
    title="平均得分等于各项目得分的平均",
    good=(
        f"已评分的4个项目平均得分78.65分。\n{_TABLE}",
        f"四个项目平均得分78.65分，比单位自评平均分95.50分低16.85分。\n{_TABLE}",
    ),
    bad=(f"已评分的4个项目平均得分77.65分。\n{_TABLE}", f"四个项目平均得分77.65分。\n{_TABLE}"),
)
def averages(report: Report) -> Iterator[Result]:
    """The average of all projects, in a sentence that counts them, against the longest list of total scores."""
    scores = _longest(report)
    if len(scores) < 3:
        return
    mean = sum((score.value or Decimal(0) for score in scores), Decimal(0)) / len(scores)
    for sentence in report.prose_with(_PIECES):
        counts = {numeral(number) for number in _PIECES.findall(sentence.text)}
        if len(scores) not in counts:
            continue
        for fact in sentence.facts:
            if (
                fact.kind is not FactKind.SCORE
                or not fact.exact
                or not re.search(r"平均(?:得)?分[为是]?$", fact.subject)
                or "自评" in fact.subject[-_NEAR:]
            ):
                continue
            if abs((fact.value or Decimal(0)) - mean) <= fact.step:
                yield agrees(fact)
            else:
                shown = f"{mean.quantize(fact.step)}分"
                message = f"平均得分写{said(fact)}，表中{len(scores)}个项目平均为{shown}"
                yield differs(fact.place, said(fact), shown, message, facts=(fact,), related=(scores[0].place,))


_NEAR = 8


def _longest(report: Report) -> list[Fact]:
    best: list[Fact] = []
    for table in report.document.tables:
        for column, heading in enumerate(table.headings if not is_turned(table) else ()):
            of_projects = heading == "得分" and any(text in ("项目名称", "项目") for text in table.headings)
            if of_projects or re.search(r"(?:总分|综合得分|最终得分)(?:（[^（）]*）)?$", heading):
                cells = [row[column] for row in body_rows(table) if row[column].is_numeric and not _sums_up(row)]
                facts = [report.facts_at(cell.place)[0] for cell in cells if report.facts_at(cell.place)]
                best = facts if len(facts) > len(best) else best
    return best


def _sums_up(row: Sequence[Cell]) -> bool:
    """A row of totals or averages is no project."""
    label = row_name(row)
    return label in ("合计", "总计", "平均", "平均分", "平均得分")


@rule(
    "grade.sum",
    group=Group.GRADES,
    title="各等级个数合计等于项目数",
    good=("已评分的38个项目中，“优”15个、“良”17个、“中”5个、“差”1个。\n",),
    bad=("已评分的38个项目中，“优”15个、“良”18个、“中”5个、“差”1个。\n",),
)
def grades_add_up(report: Report) -> Iterator[Result]:
    """Numbers of at least three grades in a sentence add up to the number of scored projects."""
    stated = [
        match[1] for sentence in report.prose if (match := re.search(r"已评分的\s*(\d+)\s*个项目", sentence.text))
    ]
    for sentence in report.sentences_with(_GRADE):
        found = {match["grade"]: match for match in _GRADE.finditer(sentence.text)}
        own = _PROJECTS.search(sentence.text)
        whole = own[1] if own else stated[0] if stated else ""
        if len(found) < 3 or not whole:
            continue
        at = {sentence.start + match.start("count") for match in found.values()}
        facts = tuple(fact for fact in sentence.facts if any(fact.start <= place < fact.end for place in at))
        counts = [match["count"] for match in found.values()]
        total = sum(map(int, counts))
        if total == int(whole):
            yield from (agrees(*facts) for _ in facts[:1])
        else:
            message = f"各等级合计{total}个，与项目数{whole}个不符"
            working = f"{'+'.join(counts)}={total}"
            yield differs(sentence.place, str(total), whole, message, facts=facts, working=working)
