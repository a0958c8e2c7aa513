"""A group of indicators that has one mark in the text, and in a table a lower one with a second group beside it."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.outline import body_with
from toolkit.proof.report import Report
from toolkit.text import plain
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_IN_TABLE = Pattern(r"(?P<name>[\u4e00-\u9fff]{2,8})[（(](?P<mark>[0-9]+(?:\.[0-9]+)?)分?[)）]")
_IN_TEXT = Pattern(
    r"^\s*[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、]\s*(?P<name>[\u4e00-\u9fff]{2,8}?)(?:指标)?(?:情况)?"
    r"(?:[：:]占?(?:权重|分值)|[（(])(?P<mark>[0-9]+(?:\.[0-9]+)?)分"
)
_TABLE = "一级指标\t三级指标\t分值\n项目产出（65分）\t甲\t65\n项目效益（25分）\t乙\t25\n满意度（10分）\t丙\t10\n"


@rule(
    "mark.group_split",
    group=Group.GRADES,
    title="一级指标的分法在正文和表中相同",
    good=(f"（3）项目效益：占权重25分。\n{_TABLE}",),
    bad=(f"（3）项目效益：占权重35分，含满意度。\n{_TABLE}", f"{_TABLE}\n\n（四）项目效益情况（35分）\n效益明显。\n"),
)
def split_groups(report: Report) -> Iterator[Result]:
    """Told once: the text counts a group in, the table has it apart. Marks that differ otherwise are told elsewhere."""
    marks = _marks(report)
    for paragraph in body_with(report.document, _IN_TEXT):
        match = _IN_TEXT.match(paragraph.text)
        if match is None or match["name"] not in marks:
            continue
        own, told = marks[match["name"]], Decimal(match["mark"])
        apart = next((name for name, (mark, _) in marks.items() if mark == told - own[0] and name != match["name"]), "")
        if told > own[0] and apart:
            message = (
                f"“{match['name']}”正文写{plain(told)}分，表中是{plain(own[0])}分，"
                f"“{apart}”{plain(told - own[0])}分另列为一级指标，请统一分法"
            )
            yield doubtful(
                paragraph.place, f"{plain(told)}分", f"{plain(own[0])}分", message, related=(own[1], marks[apart][1])
            )
            return


def _marks(report: Report) -> dict[str, tuple[Decimal, Place]]:
    """The groups of tables with their mark in brackets behind their name."""
    found: dict[str, tuple[Decimal, Place]] = {}
    for place, text in report.document.texts(5):
        if place.table and (match := _IN_TABLE.fullmatch(squeeze(text))):
            found.setdefault(match["name"], (Decimal(match["mark"]), place))
    return found
