"""The project in the title of its report, against the cell or line that gives its name: a letter more, less, other."""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from toolkit.proof.declaration import Group, Result, differs, rule
from toolkit.proof.document import Cell
from toolkit.proof.report import Report
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_TITLE = Pattern(r"^(?P<name>.{4,60}?)(?:绩效(?:自评|评价|再评价)报告|绩效评价)$")
_SLIP = 2
_SHORTEST = 5
_EARLY = 4
"""So many paragraphs may come before the title ends."""


@rule(
    "name.title_slip",
    group=Group.NAMES,
    title="标题的项目名称与报告写的项目名称相同",
    good=(
        "医保便民服务三张图项目绩效评价报告\n项目名称\t医保便民服务三张图项目\t责任单位\t市医保局\n立项年度\t2022年\t项目类型\t新建\n",
    ),
    bad=(
        "医保便民服务张图项目绩效评价报告\n项目名称\t医保便民服务三张图项目\t责任单位\t市医保局\n立项年度\t2022年\t项目类型\t新建\n",
    ),
)
def titles(report: Report) -> Iterator[Result]:
    """A slip of one or two letters between the title and the cell right of 项目名称, where there is one such cell."""
    names = [cell.text for cell in _named(report)]
    if len({squeeze(name) for name in names}) != 1 or len(squeeze(names[0])) < _SHORTEST:
        return
    name = squeeze(names[0])
    for paragraph in report.document.paragraphs[:_EARLY]:
        match = _TITLE.match(squeeze(paragraph.text))
        if match and match["name"] != name and OSA.distance(match["name"], name) <= _SLIP:
            message = f"标题写“{match['name']}”，项目名称为“{name}”"
            yield differs(paragraph.place, match["name"], name, message, confidence=85)


def _named(report: Report) -> Iterator[Cell]:
    for table in report.document.tables:
        for row in table.rows:
            for at, cell in enumerate(row[:-1]):
                if cell.label == "项目名称" and row[at + 1].text.strip() and not _is_head(row):
                    yield row[at + 1]


def _is_head(row: tuple[Cell, ...]) -> bool:
    """Whether a row holds only headings: 序号, 项目名称, 责任单位, 得分."""
    return any(cell.label in ("序号", "编号", "总分", "得分", "等级", "合同金额", "排名") for cell in row)
