"""The chapter of problems: full marks that are told as one, problems without advice, points lost without a problem."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Paragraph, Place
from toolkit.proof.once import once
from toolkit.proof.outline import PROBLEMS, prose
from toolkit.proof.report import Report
from toolkit.proof.rules.marking.deductions import FULL_MARK, GOT, LOST, MARK
from toolkit.text.patterns import Pattern

_LABEL = Pattern(
    r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、])?\s*[“]?(?P<name>[\u4e00-\u9fff、]{3,20}?)[”]?(?:[：:。（(]|\s|$)"
)
_SCALE = 2
_SHOWN = 40
_MISSING = Pattern(
    r"缺失|缺少|不完整|不齐全|未编制|不完善|不明确|不够明确|不健全|未开展|未进行|滞后|不及时|未支付|有待提高|不规范|不到位|未制定"
)
_TOPICS = (
    (Pattern("预算编制"), Pattern("预算(?:编制|方案)")),
    (
        Pattern("(?:绩效)?指标明确性"),
        Pattern("(?:绩效)?(?:指标|目标)(?:值)?(?:设置|编制)?(?:不够|不)?(?:明确|完善|细化|量化)|指标.{0,6}量化"),
    ),
    (Pattern("目标合理性"), Pattern("绩效目标.{0,8}(?:不合理|偏差|不符)")),
    (Pattern("管理制度健全性"), Pattern("制度.{0,12}(?:不健全|完善|缺乏|缺失|未制定)")),
    (Pattern("资料齐全|制度执行有效性"), Pattern("(?:验收报告|凭证|档案|资料).{0,8}(?:缺失|不完整|不齐全|缺少)")),
    (Pattern("资金拨付及时性|支付及时性"), Pattern("(?:资金|款).{0,10}(?:不及时|未支付|滞后)")),
)


_TITLE = Pattern("存在的?问题|问题及原因|经验|做法")
_INNER = Pattern("存在的?(?:主要)?问题|问题及原因")


def problems_of(report: Report) -> tuple[Paragraph, ...]:
    """The paragraphs of the chapter of problems, without its headings."""
    found = report.section(*PROBLEMS)
    # 五、经验和存在的问题 holds a chapter of its own for problems.
    inner = max((at for at, item in enumerate(found) if item.level and _INNER.search(item.text)), default=-1)
    found = found[inner + 1 :]
    return tuple(item for item in found if item.text.strip() and not _TITLE.search(item.text[:24]))


@rule(
    "logic.full_mark",
    group=Group.LOGIC,
    title="满分的指标没有写进问题",
    good=(
        "一、分析\n1.预算编制科学性：编制有依据，该指标得2分，扣1分。\n二、存在问题\n（一）预算编制有待提高\n三、建议",
    ),
    bad=(
        "一、分析\n1.预算编制科学性：编制有依据，该指标得3分，满分。\n二、存在问题\n（一）预算编制有待提高\n部分项目未编制详细的预算方案。\n三、建议",
    ),
)
def full_mark_and_problem(report: Report) -> Iterator[Result]:
    """An indicator with its full mark, and a problem about just that."""
    problems = [item for item in problems_of(report) if _MISSING.search(item.text)]
    for place, text in prose(report.document):
        if any(place == item.place for item in problems):
            continue
        for indicator, problem in _TOPICS:
            named = f"{_heading_of(report, place)}{text[:24]}"
            if not indicator.search(named) and not (indicator.search(text) and "满分" in text):
                continue
            if not _is_full(report, place, text):
                continue
            told = next((item for item in problems if problem.search(item.text)), None)
            if told is not None:
                name = _LABEL.match(_heading_of(report, place) or text)
                shown = name["name"] if name else text[:16]
                words = told.text.strip()
                cut = "…" if len(words) > _SHOWN else ""
                message = f"“{shown}”得满分，而存在问题写“{words[:_SHOWN]}{cut}”"
                yield doubtful(place, shown, "", message, related=(told.place,))
                break


def _is_full(report: Report, place: Place, text: str) -> bool:
    if LOST.search(text):
        return False
    if FULL_MARK.search(text):
        return True
    got = [Decimal(match["value"]) for match in GOT.finditer(text)]
    full = _full_of(report, place)
    return bool(got) and full is not None and got[-1] == full


@once
def _by_block(report: Report) -> tuple[list[int], list[Paragraph]]:
    """The numbers of the blocks that are paragraphs with text, and these."""
    paragraphs = [item for item in report.document.paragraphs if item.text.strip()]
    return [item.place.block for item in paragraphs], paragraphs


def _heading_of(report: Report, place: Place) -> str:
    """The paragraph above when it is the heading of an indicator, with its full mark: （1）立项依据充分性（3分）."""
    blocks, paragraphs = _by_block(report)
    at = bisect_left(blocks, place.block)
    text = paragraphs[at - 1].text if at else ""
    return text if re.search(rf"[（(]{MARK}分[)）]\s*$", text) else ""


def _full_of(report: Report, place: Place) -> Decimal | None:
    """The full mark in the heading of a paragraph."""
    match = re.search(rf"[（(]({MARK})分[)）]\s*$", _heading_of(report, place))
    return Decimal(match[1]) if match else None


@rule(
    "logic.advice",
    group=Group.LOGIC,
    title="每个问题都有建议",
    good=(
        "一、存在问题\n（一）目标编制不细\n（二）支付不及时\n二、有关建议\n（一）细化目标编制\n（二）加快支付进度",
        "一、存在问题\n（一）目标编制不细\n（二）部分产出未达到\n盐泉县福利中心床位未建成。\n二、有关建议\n（一）细化目标编制\n（二）督促盐泉县福利中心建设",
    ),
    bad=(
        "一、存在问题\n（一）目标编制不够细化\n（二）资金支付不及时\n二、有关建议\n（一）细化目标编制\n（二）做好其他工作",
        "一、存在问题\n（一）目标不够细化。有3个。\n（二）基层使用率不高。有2家。\n二、有关建议\n（一）细化目标。",
        "一、存在问题\n（一）数据勾稽不符\n（二）资金支付不及时\n二、有关建议\n（一）统一口径。针对“数据勾稽不符”的问题，请核对。\n（二）做好工作。",
    ),
)
def problem_without_advice(report: Report) -> Iterator[Result]:
    """A headed problem of which no word comes back in the advice."""
    problems = [item for item in problems_of(report) if _LISTED.match(item.text)]
    advice = report.section("建议", "对策", "整改措施")
    if len(problems) < _SCALE or not advice:
        return
    text = "".join(item.text for item in advice)
    quoting = "针对“" in text
    fewer = 0 < sum(1 for item in advice if _LISTED.match(item.text)) < len(problems)
    unanswered = []
    for item in problems:
        title = re.split(
            "[。：:]", re.sub(r"^\s*[（(]?[0-9一二三四五六七八九十]+[)）.．、]\s*", "", item.text).strip()
        )[0]
        inline = len(item.text.rstrip()) > len(title) + _MARKED
        if not 0 < len(title) <= _TITLE_LENGTH or (inline and not fewer):
            continue  # what is told in whole sentences is answered in other words: only where an answer is missing
        answered = title in text if quoting else _shares(title, text)
        if not answered and (fewer or not _tells_of(_under(item, problems_of(report)), text)):
            unanswered.append((item, title))
    # Advice that leaves several problems out goes by other things than problem by problem: by what results are used for.
    for item, title in unanswered if len(unanswered) * _MOST_ANSWERED <= max(len(problems), _MOST_ANSWERED) else ():
        yield doubtful(item.place, title, "", f"问题“{title}”在建议部分没有对应的建议", related=(advice[0].place,))


_MOST_ANSWERED = 3
"""One problem in so many may be without advice."""


def _under(title: Paragraph, section: Sequence[Paragraph]) -> str:
    """What stands below the title of a problem."""
    at = next(at for at, item in enumerate(section) if item is title)
    return "".join(item.text for item in takewhile(lambda item: not _LISTED.match(item.text), section[at + 1 :]))


def _tells_of(words: str, text: str) -> bool:
    """Whether some four characters in a row of the one stand in the other."""
    runs = re.findall(f"[\u4e00-\u9fff]{{{_RUN},}}", words)
    return any(run[at : at + _RUN] in text for run in runs for at in range(len(run) - _RUN + 1))


_RUN = 4
_LISTED = Pattern(r"\s*(?:[（(][一二三四五六七八九十]+[)）]|[0-9]{1,2}[.．、])")
_TITLE_LENGTH, _MARKED = 36, 6
_EMPTY = Pattern(r"部分|项目|工作|仍需|有待|不够|不足|存在|需要|进一步|待|个别|一些|情况|不|未|较|及|的")


def _shares(title: str, text: str) -> bool:
    """Whether two characters in a row of what the title is about are in the advice."""
    words = [word for word in _EMPTY.split(title) if len(word) >= _SCALE]
    return not words or any(word[at : at + 2] in text for word in words for at in range(len(word) - 1))


@rule(
    "logic.no_problem",
    group=Group.LOGIC,
    title="扣了分就有问题说明",
    good=("指标\t分值\t得分\n甲\t3\t3\n乙\t3\t3\n存在问题\t无。\t",),
    bad=("指标\t分值\t得分\n甲\t3\t1.5\n乙\t3\t3\n存在问题\t无。\t",),
)
def lost_without_problem(report: Report) -> Iterator[Result]:
    """存在问题：无, and an indicator that lost points."""
    for table in report.document.tables:
        none = next(
            (
                row
                for row in table.rows
                if row[0].label == "存在问题" and any(re.fullmatch(r"无。?", cell.text.strip()) for cell in row[1:])
            ),
            None,
        )
        if none is None:
            continue
        full = next((at for at, text in enumerate(table.headings) if re.search("分值|权重", text)), None)
        mark = next((at for at, text in enumerate(table.headings) if re.search("得分|自评分", text)), None)
        lowest = next((at for at, text in enumerate(table.headings) if re.search("三级指标|指标名称", text)), None)
        for row in table.rows[table.head :] if full is not None and mark is not None else ():
            whole, got = row[full or 0].text.strip(), row[mark or 0].text.strip()
            if (
                re.fullmatch(MARK, whole)
                and re.fullmatch(MARK, got)
                and Decimal(got) < Decimal(whole)
                and not any(cell.label in ("总计", "合计", "总分") for cell in row)
            ):
                named = row[lowest].label if lowest is not None else ""
                words = [cell.label for cell in row[: full or 0] if cell.text and not cell.is_numeric]
                message = f"“{named or words[-1]}”分值{whole}分、得{got}分，而存在问题写“无”"
                yield doubtful(none[0].place, f"存在问题：无（{got}）", "", message, related=(row[mark or 0].place,))
