"""Lists within lists: each level has numbers of its own kind, and one kind is typed in one way."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Paragraph
from toolkit.proof.outline import body
from toolkit.proof.report import Report
from toolkit.proof.rules.wording.numbering import mark_of
from toolkit.text.patterns import Pattern


@dataclass(slots=True)
class _Open:
    """A list under way.

    Attributes:
        sort: of its marks.
        last: its last number.
        first, item: its first paragraph, and its last.
        inner: lists that began below its last item with the same marks.
    """

    sort: str
    last: int
    first: Paragraph
    item: Paragraph
    inner: list["_Open"] = field(default_factory=list)


@rule(
    "numbering.levels",
    group=Group.NUMBERING,
    title="下一层列举不用上一层的编号",
    good=(
        "1.评价目的\n（1）掌握使用情况；\n（2）了解产出效益。\n2.评价对象\n3.评价范围",
        "（一）问题\n1.目标不细\n2.支付不及时\n（二）建议\n1.细化目标\n2.加快支付",
        "1.目标不细\n2.支付不及时\n建议如下：\n1.细化目标\n2.加快支付\n3.规范档案",
    ),
    bad=(
        "1.评价目的\n1.掌握使用情况；\n2.了解产出效益。\n2.评价对象\n3.评价范围",
        "二、评价工作\n（一）对象\n（二）原则和方法\n1.评价原则\n（一）科学公正。\n（二）公开透明。\n2.评价方法\n（三）评价过程",
    ),
)
def levels(report: Report) -> Iterator[Result]:
    """A list between two numbers of another that has the same marks: which number is of which cannot be told."""
    open_: list[_Open] = []
    for paragraph in body(report.document):
        mark = mark_of(paragraph.text)
        if mark is None:
            continue
        sort, number, _ = mark
        outer = _gone_on(open_, sort, number)
        if outer is None:
            new = _Open(sort, number, paragraph, paragraph)
            above = next((item for item in reversed(open_) if item.sort == sort), None)
            if above is not None and number == 1:
                above.inner.append(new)
            open_.append(new)
            continue
        yield from (_told(inner, outer) for inner in outer.inner if inner.last > 1)
        outer.last, outer.item, outer.inner = number, paragraph, []


def _gone_on(open_: list[_Open], sort: str, number: int) -> _Open | None:
    """The innermost list that a number goes on with; what is open within it ends."""
    for depth in range(len(open_) - 1, -1, -1):
        if open_[depth].sort == sort and open_[depth].last == number - 1 > 0:
            del open_[depth + 1 :]
            return open_[depth]
    return None


def _told(inner: _Open, outer: _Open) -> Result:
    first, above = inner.first.text.strip()[:_SHOWN], outer.item.text.strip()[:_SHOWN]
    message = f"“{above}”之下从“{first}”起的列举用了同样的编号“{inner.sort}”，层次分不清，请换一种编号"
    return doubtful(inner.first.place, first, "", message, related=(outer.item.place,))


_SHOWN = 16
_TYPED = (("1.", Pattern(r"^\s*[0-9]{1,2}(?P<mark>[.．])(?![0-9](?![0-9]{3}年))")), ("（1）", Pattern(r"^\s*(?P<mark>[（(])[0-9]{1,2}[)）]")))  # fmt: skip


@rule(
    "numbering.width",
    group=Group.NUMBERING,
    title="同一种编号的标点写法相同",
    good=("1.背景\n2.对象\n3.内容\n4.期限\n5.成果",),
    bad=("1．背景\n2．对象\n1.内容\n2.期限\n3.成果\n4.服务",),
)
def widths(report: Report) -> Iterator[Result]:
    """1． among many 1. of one report; told once, at the first of the rarer."""
    for sort, pattern in _TYPED:
        found: dict[str, list[Paragraph]] = {}
        for paragraph in body(report.printed):
            if match := pattern.match(paragraph.text):
                found.setdefault(match["mark"], []).append(paragraph)
        if len(found) > 1 and min(map(len, found.values())) * _RARE <= max(map(len, found.values())):
            yield _mixed(sort, *sorted(found.items(), key=lambda item: len(item[1])))


_RARE = 2
"""So many times as often stands what is usual."""


def _mixed(sort: str, rare: tuple[str, list[Paragraph]], usual: tuple[str, list[Paragraph]]) -> Result:
    (mark, places), (other, habit) = rare, usual
    message = f"编号“{sort}”的标点有的写“{mark}”（{len(places)}处），有的写“{other}”（{len(habit)}处），请统一"
    return doubtful(places[0].place, places[0].text.strip()[:_SHOWN], other, message, related=(habit[0].place,))
