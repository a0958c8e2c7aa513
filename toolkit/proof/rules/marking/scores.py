"""Scores in prose: points lost and won, full marks, sections that add up, headings that carry their marks."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Paragraph, Place
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.records import label_of, table_records
from toolkit.proof.report import Report, Sentence
from toolkit.text.patterns import Pattern

_MARK = Pattern(r"[（(](?P<mark>\d+(?:\.\d+)?)分[）)]\s*$")
_WON = Pattern(r"得分?[为是]?$")
_LOST = Pattern(r"(?<![每若])扣(?:除|减)?[为是]?$")
_FULL = Pattern(r"得分?[为是]?\s*[\d.]+\s*分，?(?:为)?(?:得)?满分|得满分")
_RULE_TEXT = Pattern(r"每(?:少|低|超|延|逾|项|起|个|处|出现)|否则|不得分|扣完为止|酌情|以上得|未达|不足|评分标准为")
_MARKED = "（一）项目决策情况（5分）\n1.项目立项（5分）\n（1）立项依据充分性（3分）\n依据充分，该指标得分3.00分。\n（2）立项程序规范性（2分）\n程序规范，该指标得分2.00分。\n"


def _full_marks(report: Report) -> Mapping[str, tuple[Fact, ...]]:
    """Indicator → its full mark, as tables and headings give it."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for record in table_records(report):
        if record.measure == "分值":
            found[record.label].append(record.fact)
    for paragraph, mark in _marked_headings(report):
        found[label_of(paragraph.text)].append(mark)
    # Where marks are spread anew over what applies, the full mark is that of this report's own column.
    renewed = {record.label for record in table_records(report) if "计分值" in record.measure}
    return {
        label: tuple(facts)
        for label, facts in found.items()
        if len({fact.value for fact in facts}) == 1 and label not in renewed
    }


def _marked_headings(report: Report) -> Iterator[tuple[Paragraph, Fact]]:
    for paragraph in report.document.headings:
        match = _MARK.search(paragraph.text)
        facts = [fact for fact in report.facts_at(paragraph.place) if match and fact.start >= match.start()]
        if facts and facts[0].value is not None:
            yield paragraph, facts[0]


def _named_sentences(report: Report, labels: Sequence[str]) -> Iterator[tuple[str, Paragraph, list[Sentence]]]:
    """Paragraphs that are about one indicator: named at their beginning, or by the heading above them."""
    known = sorted(labels, key=len, reverse=True)
    heading = ""
    by_place: dict[Place, list[Sentence]] = defaultdict(list)
    for sentence in report.prose:
        by_place[sentence.place].append(sentence)
    for paragraph in report.document.paragraphs:
        if paragraph.level:
            heading = label_of(paragraph.text)
            continue
        start = label_of(paragraph.text)
        own = next(
            (label for label in known if start.startswith(label) and start[len(label) : len(label) + 1] in "。：:；”"),
            "",
        )
        # it names something else than the heading
        itemised = re.match(r"\s*(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）]|[①-⑳])", paragraph.text) or _scores_of_another(
            start, heading
        )
        label = own or (heading if heading in labels and not itemised else "")
        if label:
            yield label, paragraph, by_place[paragraph.place]


def _scores_of_another(text: str, heading: str) -> bool:
    """绩效目标得5.45分，扣1.55分 below （一）决策（20分）."""
    match = re.match(r"(?P<own>[\u4e00-\u9fff]{2,14}?)(?:[（(]\d+分[)）])?得分?为?\d", text)
    return match is not None and not heading.startswith(match["own"]) and not _ITSELF.fullmatch(match["own"])


_ITSELF = Pattern("(?:该|本|此)(?:项|指标|部分|类)?(?:评价|得分|指标)?|指标|实际|综合|最终|合计")


@rule(
    "score.lost",
    group=Group.LOGIC,
    title="扣分与得分之和等于分值",
    good=(
        "指标\t分值\n资金到位率\t3\n预算执行率\t3\n\n\n1.资金到位率：首付款未到位，该指标扣1分，得2分。\n",
        "一、分析\n（一）决策（20分）\n绩效目标得5.45分，扣1.55分。\n",
        "一、分析\n（三）产出（35分）\n1.产出数量（17分，得16.80分）。\n（2）设备。少安装4台，扣0.20分，得5.80分。\n",
    ),
    bad=("指标\t分值\n资金到位率\t3\n预算执行率\t3\n\n\n1.资金到位率：首付款未到位，该指标扣2分，得2分。\n",),
)
def lost_and_won(report: Report) -> Iterator[Result]:
    """What was deducted and what was scored make the full mark."""
    marks = _full_marks(report)
    for label, _, sentences in _named_sentences(report, tuple(marks)):
        for sentence in sentences:
            pair = _lost_won(sentence)
            if pair is None:
                continue
            lost, won = pair
            full = _own_mark(sentences) or marks[label][0]
            whole = (lost.value or Decimal(0)) + (won.value or Decimal(0))
            if whole == full.value or f"{won.value}" == "0" or "《" in sentence.text:
                yield agrees(lost, won)
            else:
                yield differs(
                    won.place, f"扣{said(lost)}，得{said(won)}", f"合计{full.value}分",
                    f"“{label}”分值{full.value}分，扣{said(lost)}、得{said(won)}，合计{whole}分", facts=(lost, won),
                    related=(full.place,), working=f"{lost.value}+{won.value}={whole}",
                )  # fmt: skip


@rule(
    "score.several",
    group=Group.LOGIC,
    title="几处扣分与得分之和等于分值",
    good=(
        "（一）资金管理（13分）\n到位率和执行率分别扣0.50分和1.30分，得11.20分。\n（二）效益（25分）\n漏损率偏高，扣2.50分；满意度偏低，扣1.50分。得21.00分。",
    ),
    bad=(
        "（一）资金管理（13分）\n到位率和执行率分别扣0.50分和1.30分，得12.10分。",
        "（二）效益（25分）\n漏损率偏高，扣2.50分；满意度偏低，扣1.50分。得22.00分。",
    ),
)
def several_lost(report: Report) -> Iterator[Result]:
    """A paragraph below a heading with its mark: all that was taken off, and what is left."""
    marks = {paragraph.place: fact for paragraph, fact in _marked_headings(report)}
    blocks = report.document.blocks
    for above, paragraph in pairwise(blocks):
        mark = marks.get(above.place)
        if mark is None or not isinstance(paragraph, Paragraph) or paragraph.level or _RULE_TEXT.search(paragraph.text):
            continue
        lost = list(_TAKEN.finditer(paragraph.text))
        won = list(_LEFT.finditer(paragraph.text))
        taken = [Decimal(number) for match in lost for number in re.findall(r"[\d.]+(?=分)", match[0])]
        if len(taken) < 2 or len(won) != 1 or "《" in paragraph.text:
            continue
        facts = [fact for fact in report.facts_at(paragraph.place) if fact.kind is FactKind.SCORE]
        left = Decimal(won[0]["won"])
        if sum(taken) + left == mark.value:
            yield agrees(*facts, mark)
        else:
            due = f"{(mark.value or Decimal(0)) - sum(taken)}分"
            working = f"{mark.value}-{'-'.join(map(str, taken))}={due}"
            message = f"分值{mark.value}分，扣{'、'.join(map(str, taken))}分，应得{due}，写得{left}分"
            yield differs(paragraph.place, f"{left}分", due, message, facts=(*facts, mark), working=working)


_TAKEN = Pattern(r"扣(?:除|减)?(?:了)?[\d.]+分(?:[、和及,，]\s*[\d.]+分)*")
_LEFT = Pattern(r"(?<![不未])得(?:分)?(?:为)?(?P<won>\d+(?:\.\d+)?)分")


def _lost_won(sentence: Sentence) -> tuple[Fact, Fact] | None:
    scores = [fact for fact in sentence.facts if fact.kind is FactKind.SCORE and fact.exact]
    lost = [fact for fact in scores if _LOST.search(fact.subject)]
    if re.search(r"分别扣|[、和及]\s*[\d.]+分", sentence.text):
        return None  # told by :func:`several_lost`
    won = [fact for fact in scores if _WON.search(fact.subject)]
    return (lost[0], won[0]) if len(lost) == 1 and len(won) == 1 and not _RULE_TEXT.search(sentence.text) else None


def _own_mark(sentences: Sequence[Sentence]) -> Fact | None:
    facts = [
        fact for sentence in sentences for fact in sentence.facts if re.search(r"(?<!计)分值[为是]?$", fact.subject)
    ]
    return facts[0] if facts else None


@rule(
    "score.full",
    group=Group.LOGIC,
    title="称“满分”的得分等于分值，得分不超过分值",
    good=(
        "指标\t分值\n资金到位率\t3\n预算执行率\t3\n\n\n1.资金到位率：资金到位，该指标得3分，满分。\n",
        "指标\t分值\n等级保护测评得分\t3\n预算执行率\t3\n\n\n1.等级保护测评得分：甲系统失分（等级保护测评得分88.4分）。\n",
    ),
    bad=(
        "指标\t分值\n资金到位率\t3\n预算执行率\t3\n\n\n1.资金到位率：资金到位，该指标得2分，满分。\n",
        "指标\t分值\n资金到位率\t3\n预算执行率\t3\n\n\n1.资金到位率：资金到位，该指标得4分。\n",
    ),
)
def full_marks(report: Report) -> Iterator[Result]:
    """A score above its full mark, or called full and below it."""
    marks = _full_marks(report)
    for label, _, sentences in _named_sentences(report, tuple(marks)):
        full = marks[label][0]
        for sentence in sentences:
            if "《" in sentence.text or "平均" in sentence.text or _RULE_TEXT.search(sentence.text):
                continue
            for won in (fact for fact in sentence.facts if _is_won(fact, label)):
                said_full = bool(_FULL.search(sentence.text))
                if won.base > full.base or (said_full and won.base != full.base):
                    words = "称满分，但" if said_full else ""
                    yield differs(
                        won.place, said(won), f"{full.value}分", f"“{label}”{words}得{said(won)}，分值为{full.value}分",
                        facts=(won,), related=(full.place,),
                    )  # fmt: skip
                else:
                    yield agrees(won, full) if said_full else agrees(won)


def _is_won(fact: Fact, label: str) -> bool:
    """Whether a number is what an indicator was given: 测评得分88.4分 is the value of an indicator called 测评得分."""
    own_value = label.endswith("得分") and fact.subject.rstrip("为是").endswith(label)
    return fact.kind is FactKind.SCORE and bool(_WON.search(fact.subject)) and not own_value


@rule(
    "score.headings",
    group=Group.SUMS,
    title="下级标题的分值之和等于上级标题的分值",
    good=(_MARKED,),
    bad=(_MARKED.replace("规范性（2分）", "规范性（3分）"),),
)
def marks_of_headings(report: Report) -> Iterator[Result]:
    """（15分） of a heading is the sum of the headings right below it."""
    marked = {paragraph.place: fact for paragraph, fact in _marked_headings(report)}
    headings = report.document.headings
    for index, parent in enumerate(headings):
        if parent.place not in marked:
            continue
        below: list[Paragraph] = []
        for heading in headings[index + 1 :]:
            if heading.level <= parent.level:
                break
            below.append(heading)
        nearest = min((heading.level for heading in below), default=0)
        parts = [marked.get(heading.place) for heading in below if heading.level == nearest]
        known = [part for part in parts if part is not None]
        if len(known) == len(parts) > 0:
            yield _added_up(marked[parent.place], known, "下级标题的分值")


def _added_up(total: Fact, parts: Sequence[Fact], what: str) -> Result:
    whole = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    if whole == total.value:
        return agrees(total, *parts)
    working = f"{'+'.join(f'{part.value}' for part in parts)}={whole}"
    return differs(
        total.place, said(total), f"{whole}分", f"{said(total)}与{what}之和{whole}分不符", facts=(total, *parts),
        related=tuple(part.place for part in parts[:4]), working=working,
    )  # fmt: skip


@rule(
    "score.section",
    group=Group.SUMS,
    title="各指标得分之和等于所属一级指标的得分",
    good=(
        "一级指标\t分值\t得分\n产出\t15\t14\n效益\t3\t3\n\n\n（一）产出情况\n1.数量。完成率低，得5分。参展436个，得满分5分。\n2.质量。准确率低，得4分。\n",
        "一级指标\t分值\t得分\n决策\t5\t4\n过程\t3\t3\n\n\n（一）项目决策情况\n1.立项依据充分性：充分，该指标得2分，满分。\n2.绩效目标合理性：有偏差，该指标扣1分，得2分。\n（二）项目过程情况\n1.资金到位率：到位，该指标得3分，满分。\n",
    ),
    bad=(
        "一级指标\t分值\t得分\n决策\t5\t4\n过程\t3\t3\n\n\n（一）项目决策情况\n1.立项依据充分性：充分，该指标得3分，满分。\n2.绩效目标合理性：有偏差，该指标扣1分，得2分。\n（二）项目过程情况\n1.资金到位率：到位，该指标得3分，满分。\n",
    ),
)
def sections(report: Report) -> Iterator[Result]:
    """Scores in the paragraphs of a section against the score of its first-level indicator in a table."""
    totals = {record.label: record.fact for record in table_records(report) if record.measure == "得分"}
    for label, total in totals.items():
        if not 2 <= len(label) <= 4:
            continue
        section = _section_of(report, label)
        scores = [_single_score(report, paragraph) for paragraph in section]
        found = [score for score in scores if score is not None]
        if len(found) < (2 if len(section) > 1 else 1) or len(found) < len(section):
            continue
        result = _added_up(total, found, f"“{label}”各指标得分")
        yield result if not result.found else doubtful(
            total.place, result.found, result.expected, result.message, facts=result.facts, related=result.related,
            working=result.working, confidence=80,
        )  # fmt: skip


def _section_of(report: Report, label: str) -> list[Paragraph]:
    """The paragraphs below the heading of a first-level indicator that begin with a number."""
    paragraphs = report.document.paragraphs
    starts = [
        at
        for at, item in enumerate(paragraphs)
        if item.level
        and re.search(rf"^\W*[一二三四五六七八九十]+\W*(?:项目)?{re.escape(label)}(?:情况|指标|$)", item.text)
    ]
    if len(starts) != 1:
        return []
    level = paragraphs[starts[0]].level
    found = []
    for paragraph in paragraphs[starts[0] + 1 :]:
        if paragraph.level and paragraph.level <= level:
            break
        if not paragraph.level and re.match(r"\s*\d{1,2}[.．、]", paragraph.text):
            found.append(paragraph)
    return found


def _single_score(report: Report, paragraph: Paragraph) -> Fact | None:
    won = [
        fact for fact in report.facts_at(paragraph.place) if fact.kind is FactKind.SCORE and _WON.search(fact.subject)
    ]
    alone = len(won) == len(_GIVEN.findall(paragraph.text)) == 1
    return won[0] if alone and "《" not in paragraph.text else None


_GIVEN = Pattern(r"(?<![不未取获使所值])得(?:分[为是]?)?(?:满分|[0-9])")
"""得2.50分, 得满分: several of them are of several indicators."""
