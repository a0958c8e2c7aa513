"""The client's quality sheet: a report has its parts, and every indicator its mark."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.outline import body, title_of
from toolkit.proof.records import is_total
from toolkit.proof.report import Report
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_PARTS = (
    ("综合评价结论", Pattern("结论|评分结果|综合评价|评价结果|总体评价|得分")),
    ("存在问题", Pattern("问题|不足|短板|薄弱|关注")),
    ("有关建议", Pattern("建议|对策|改进|整改")),
)
_CHAPTERS = 4
"""A document with so many chapters is held against the list of parts a report must have (财预〔2020〕10号, annex)."""
_HEAD = 4
_HEADED = Pattern("(?:问题|不足|建议)[0-9一二三四五六七八九十：:]")
_HEADING = Pattern(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[章部])"
)


@rule(
    "quality.parts",
    group=Group.QUALITY,
    title="报告要素齐全",
    good=(
        "某项目绩效评价报告\n一、概况\n二、评价工作\n三、评价结论\n四、存在问题\n五、有关建议",
        "一、概况\n二、内容",
        "某项目绩效评价报告\n一、概况\n二、评价工作\n三、评价结论\n四、哪里做得不好\n问题1：分派慢。\n五、有关建议",
    ),
    bad=("某项目绩效评价报告\n一、概况\n二、评价工作\n三、评价结论\n四、存在问题\n五、其他",),
)
def parts(report: Report) -> Iterator[Result]:
    """Conclusion, problems and advice have headings of their own."""
    paragraphs = body(report.document)
    headings = [item.text for item in paragraphs if len(item.text) <= 60 and (item.level or _HEADING.match(item.text))]
    chapters = [
        text
        for text in headings
        if re.match(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章部])", text)
    ]
    heads = [item.text[:_HEAD] for item in paragraphs if _HEADED.match(item.text)]  # 问题1：分派慢
    title = title_of(report.document)
    if len(chapters) < _CHAPTERS or not re.search("评价.{0,12}报告|报告.{0,6}评价", title) or "简版" in title:
        return
    for name, pattern in _PARTS:
        if not any(pattern.search(text) for text in [*headings, *heads]):
            yield doubtful(paragraphs[0].place, name, "", f"报告没有“{name}”部分，按报告提纲应有")


@rule(
    "quality.blank_score",
    group=Group.QUALITY,
    title="每个指标都有得分",
    good=("指标\t分值\t得分\n甲\t3\t3\n乙\t4\t—\n合计\t7\t3", "部门\t预算\t得分\n甲\t3\t3\n乙\t4\t5\n合计\t7\t\n"),
    bad=("指标\t分值\t得分\n甲\t3\t3\n乙\t4\t\n合计\t7\t3",),
)
def blank_scores(report: Report) -> Iterator[Result]:
    """A row that is otherwise filled has no mark."""
    for table in report.document.tables:
        for column, heading in enumerate(table.headings):
            if re.fullmatch(
                r"(?:评价|自评|最终|核查|平均|综合)?得分|自评分|总分", re.sub(r"[（(].*?[)）]", "", heading)
            ):
                yield from _blanks(table, column)


def _blanks(table: Table, column: int) -> Iterator[Result]:
    filled = [row for row in table.rows[table.head :] if row[column].is_numeric]
    if len(filled) < 2:
        return
    for row in (row for row in table.rows[table.head :] if not is_total(row)):
        cell = row[column]
        others = [other for at, other in enumerate(row) if at != column and not other.merged]
        full = len(others) > 1 and all(other.text.strip() for other in others)
        if full and not cell.merged and not cell.text.strip() and any(other.is_numeric for other in others):
            name = next((squeeze(other.text) for other in others if not other.is_numeric), "")
            yield doubtful(cell.place, "", "得分", f"“{name}”没有得分")
