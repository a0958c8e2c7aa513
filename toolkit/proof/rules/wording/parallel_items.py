"""Items of one list, headings of one level, cells of one column: what all others have and one has not."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Document, Place
from toolkit.proof.outline import body, numeral
from toolkit.proof.report import Report
from toolkit.proof.rules.wording.numbering import mark_of
from toolkit.text.patterns import Pattern

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading with its number, whether 。 ends it, and what of it is shown."""

    place: Place
    number: int
    stopped: bool
    text: str


@rule(
    "punctuation.heading",
    group=Group.PUNCTUATION,
    title="同一层标题的句号有无一致",
    good=(
        "一、进度管理情况。\n按计划开展工作。\n二、质量管理情况。\n按规定检测。\n三、采购管理情况。\n按程序采购。",
        "一、进度管理情况\n按计划开展工作。\n二、质量管理情况\n按规定检测。\n三、采购管理情况\n按程序采购。",
    ),
    bad=(
        "一、进度管理情况。\n按计划开展工作。\n二、质量管理情况。\n按规定检测。\n三、采购管理情况\n按程序采购。",
        "项目\t成效\n甲\t一、进度管理情况。 按计划开展工作。 二、质量管理情况。 按规定检测。 三、采购管理情况 按程序采购。",
    ),
)
def stops_of_headings(report: Report) -> Iterator[Result]:
    """One heading of three and more without the full stop that all others have, or alone with one."""
    for run in (*_runs_of_paragraphs(report.document), *_runs_in_cells(report.document)):
        for stopped in (True, False):
            odd = [heading for heading in run if heading.stopped is not stopped]
            if len(run) >= _FEWEST and len(odd) == 1:
                others = "有" if stopped else "没有"
                right = f"{odd[0].text}。" if stopped else odd[0].text
                message = f"标题“{odd[0].text}”与同级的其他{len(run) - 1}个标题不同：别的末尾{others}句号"
                related = tuple(heading.place for heading in run if heading.place != odd[0].place)[:_FEWEST]
                yield doubtful(odd[0].place, odd[0].text, right, message, related=related)


_TITLE = Pattern(r"[^，。；：:、\s]{2,24}")
_IN_CELL = Pattern(
    r"(?:^|(?<=[。\s]))(?P<number>[一二三四五六七八九十])、(?P<title>[^，。；：:、\s]{2,24})(?P<stop>。|(?=\s))"
)


def _runs_of_paragraphs(document: Document) -> Iterator[list[_Heading]]:
    """Headings of one sort that count on from 1, each with text below it."""
    open_: dict[str, list[_Heading]] = {}
    for paragraph, below in pairwise(body(document)):
        mark = mark_of(paragraph.text)
        if mark is None:
            continue
        sort, number, match = mark
        rest = paragraph.text[match.end() :].strip()
        if number == 1:
            yield open_.pop(sort, [])
            open_[sort] = []
        run = open_.get(sort)
        if (
            run is None
            or number != len(run) + 1
            or not _TITLE.fullmatch(rest.removesuffix("。"))
            or mark_of(below.text)
        ):
            open_.pop(sort, None)  # items of a list, not headings
            continue
        run.append(_Heading(paragraph.place, number, rest.endswith("。"), paragraph.text.strip().removesuffix("。")))
    yield from open_.values()


def _runs_in_cells(document: Document) -> Iterator[list[_Heading]]:
    for place, text in document.texts(4):
        if place.table:
            found = list(_IN_CELL.finditer(text))
            if found and [numeral(match["number"]) for match in found] == list(range(1, len(found) + 1)):
                yield [
                    _Heading(place, at, bool(match["stop"]), f"{match['number']}、{match['title']}")
                    for at, match in enumerate(found, 1)
                ]


_DONE_TO = Pattern(r"进行[\u4e00-\u9fff]{2,8}[；。]?$")
_ACTOR = Pattern(r"对|将|把|由|通过|组织|开展|本|组|单位|机构|人员|局|部门|中心|公司|专家|就|为|在|按|从")
_SHORTEST = 10


@rule(
    "words.object",
    group=Group.PUNCTUATION,
    title="并列各项“对…进行…”写完整",
    good=(
        "1.对2023年完成的39个项目进行再评价；\n2.对部门预算项目进行核查。",
        "1.评价组进行现场核查；\n2.对部门预算项目进行核查。",
    ),
    bad=("1.2023年实施完成的项目共39个项目（见附件）进行再评价；\n2.对部门预算项目进行核查。",),
)
def objects(report: Report) -> Iterator[Result]:
    """An item …进行评价 without 对, beside an item with it."""
    for one, other in pairwise(body(report.document)):
        for item, beside in ((one, other), (other, one)):
            mark, next_mark = mark_of(item.text), mark_of(beside.text)
            if mark is None or next_mark is None or mark[0] != next_mark[0] or abs(mark[1] - next_mark[1]) != 1:
                continue
            text, whole = (
                words.text[match.end() :].strip() for words, match in ((item, mark[2]), (beside, next_mark[2]))
            )
            wanted = _DONE_TO.search(text) and len(text) >= _SHORTEST and not _ACTOR.search(text[: text.rfind("进行")])
            if wanted and whole.startswith("对") and _DONE_TO.search(whole):
                message = f"“{text[:12]}…{text[-10:]}”缺“对”字，同一列举的另一项是“{whole[:12]}…”"
                yield doubtful(item.place, text[:12], f"对{text[:12]}", message, related=(beside.place,))


_POINT = Pattern(r"[①-⑳](?P<words>[^①-⑳]{4,60}?)[（(][0-9.]+分[)）]")
_HABIT = 8


@rule(
    "words.question",
    group=Group.PUNCTUATION,
    title="评分要点都写成陈述",
    good=(
        "①程序规范（1分）；②资料齐全（1分）；③没有重复（1分）；④符合规定（1分）；⑤手续完备（1分）；⑥用途相符（1分）；⑦额度合理（1分）；⑧目标明确（1分）。",
    ),
    bad=(
        "①程序规范（1分）；②资料齐全（1分）；③没有重复（1分）；④符合规定（1分）；⑤手续完备（1分）；⑥用途相符（1分）；⑦额度合理，与实际是否相适应（1分）；⑧目标明确（1分）。",
    ),
)
def questions(report: Report) -> Iterator[Result]:
    """A point with 是否 where nearly all points of the report say what must be."""
    points = [
        (place, match["words"])
        for place, text in report.document.texts_with(_POINT, least=9)
        for match in _POINT.finditer(text)
    ]
    asked = [(place, words) for place, words in points if "是否" in words]
    for place, words in asked if len(points) >= _HABIT * max(1, len(asked)) else ():
        clause = next(part for part in words.split("，") if "是否" in part)
        message = f"评分要点“{clause}”写成问句，别的要点都是陈述，“是否”可能是多余的"
        yield doubtful(place, clause, clause.replace("是否", ""), message)


_RULES = Pattern("评分(?:标准|规则|细则|办法)|计分(?:标准|规则|方法)")
_SCORED = Pattern(r"[0-9.]+\s*分|分值|权重|满分|[%％]|得分")
_CELLS = 6


@rule(
    "words.no_points",
    group=Group.LOGIC,
    title="评分标准都写明分数",
    good=("指标\t评分标准\n" + "".join(f"甲{number}\t达到的得{number}分，否则不得分。\n" for number in range(1, 8)),),
    bad=(
        "指标\t评分标准\n" + "".join(f"甲{number}\t达到的得{number}分，否则不得分。\n" for number in range(1, 8))
        + "乙\t持续评估与管理，可酌情扣分。",
    ),
)  # fmt: skip
def without_points(report: Report) -> Iterator[Result]:
    """The one rule of a column that names no points, no share and no full mark."""
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            if not _RULES.search(heading):
                continue
            cells = [cell for cell in table.column(column) if len(cell.text.strip()) > _SHORTEST]
            silent = [cell for cell in cells if not _SCORED.search(cell.text)]
            if len(cells) >= _CELLS and len(silent) == 1:
                text = silent[0].text.strip()
                message = f"评分标准“{text[:24]}”没有写满分多少，别的{len(cells) - 1}条都写了"
                yield doubtful(silent[0].place, text[:24], "", message)


_SPACED = Pattern(r"(?<=[“《])[ \u3000]+(?=[^\s”》])|(?<=[^\s“《])[ \u3000]+(?=[”》])")
_BESIDE = 8


@rule(
    "punctuation.inside",
    group=Group.PUNCTUATION,
    title="引号、书名号之内首尾没有空格",
    good=("实施“互联网+明厨亮灶”项目，见《管理办法》。“2340 万”用户。",),
    bad=("实施“ 互联网+明厨亮灶”项目。", "依据《管理办法 》实施。"),
)
def spaces_inside(report: Report) -> Iterator[Result]:
    """A space right after a mark that opens or right before one that closes.

    Lines of a page have them anywhere; a report of ours writes names as the list of projects has them.
    """
    if report.document.kind == "pdf":
        return
    own = report.document.origin.generated
    told: dict[tuple[str, str], list[Place]] = {}
    for place, text in report.printed.texts():
        match = _SPACED.search(text)
        if match and (place.block, place.row) not in own:
            before, after = text[max(0, match.start() - _BESIDE) : match.start()], text[match.end() :][:_BESIDE]
            told.setdefault((before, after), []).append(place)
    for (before, after), places in told.items():  # a name is told once, however often it is printed
        message = f"引号或书名号之内有空格：{before} {after}…，应为{before}{after}…"
        if len(places) > 1:
            message += f"（共{len(places)}处）"
        shown, right = f"{before} {after}".strip(), f"{before}{after}".strip()
        yield doubtful(places[0], shown, right, message, related=tuple(places[1:]))
