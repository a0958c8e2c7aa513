"""What prose claims of whole columns: all scores below those of the self-evaluation, the year with the most paid."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import bare, is_whole, number_of
from toolkit.proof.report import Report, Sentence
from toolkit.text.patterns import Pattern

_TABLE = "项目\t自评得分\t核查得分\n甲平台\t96.0\t90.5\n乙平台\t98.0\t93.0\n丙系统\t95.0\t91.2\n平均\t96.33\t91.57\n"
_ALL = Pattern(
    r"(?:(?P<count>[0-9]{1,3})个|各|所有|全部)(?:[\u4e00-\u9fff]{0,4})项目的?(?P<left>[\u4e00-\u9fff]{2,8}?)均(?P<side>不?低于|不?高于|小于|大于|等于)"
    r"(?P<right>[\u4e00-\u9fff]{2,8}?)(?=[，。；、]|$)"
)
_YEAR = Pattern(
    r"(?P<year>(?:19|20)[0-9]{2})年(?:度)?(?P<what>[\u4e00-\u9fff]{1,6}?)(?:金额|数额|额|数|量)?最(?P<end>[大多高低少小])"
)
_OF_YEAR = Pattern(
    r"(?P<year>(?:19|20)[0-9]{2})年(?:度)?(?P<what>[\u4e00-\u9fff]{1,6}?)(?:金额|数额|额|数|量)?(?:为|共)?$"
)
_HIGH = "大多高"
_FEWEST = 2


@rule(
    "column.all",
    group=Group.LOGIC,
    title="各项目均低于、高于另一列的说法与表相符",
    good=(f"{_TABLE}\n\n3个项目的核查得分均低于自评得分。",),
    bad=(f"{_TABLE}\n\n3个项目的核查得分均高于自评得分。",),
)
def compared(report: Report) -> Iterator[Result]:
    """Every row of the table that has both columns."""
    for sentence in report.prose_with(_ALL):
        for match in _ALL.finditer(sentence.text):
            for table in report.document.tables:
                yield from _rows(report, sentence, match, table)


def _rows(report: Report, sentence: Sentence, match: re.Match[str], table: Table) -> Iterator[Result]:
    heads = [bare(heading) for heading in table.headings]
    if match["left"] not in heads or match["right"] not in heads:
        return
    columns = heads.index(match["left"]), heads.index(match["right"])
    rows = [row for row in table.rows[table.head :] if not any(is_whole(cell.label) for cell in row[:2])]
    pairs = [
        (left, right)
        for row in rows
        if (left := number_of(report, row[columns[0]])) and (right := number_of(report, row[columns[1]]))
    ]
    if match["count"] and int(match["count"]) != len(pairs):
        return
    against = next((pair for pair in pairs if not _holds(match["side"], *pair)), None)
    if against is not None:
        message = f"写“{match[0]}”，而表中有{said(against[0])}与{said(against[1])}"
        yield differs(sentence.place, match[0], "", message, related=tuple(fact.place for fact in against))


def _holds(side: str, left: Fact, right: Fact) -> bool:
    if side in ("低于", "小于"):
        return left.base < right.base
    if side in ("高于", "大于"):
        return left.base > right.base
    return (
        left.base == right.base
        if side == "等于"
        else left.base >= right.base
        if side == "不低于"
        else left.base <= right.base
    )


@rule(
    "year.most",
    group=Group.RANKINGS,
    title="哪一年最多与各年的数相符",
    good=("2022年支付391.38万元，2023年支付835.45万元，2024年支付415.53万元，2023年支付额最大。",),
    bad=("2022年支付391.38万元，2023年支付835.45万元，2024年支付415.53万元，2024年支付额最大。",),
)
def years(report: Report) -> Iterator[Result]:
    """The year that is called the one with the most, against the years that the same sentence tells before."""
    for sentence in report.prose_with(_YEAR):
        for match in _YEAR.finditer(sentence.text):
            told = {
                found["year"]: fact
                for fact in sentence.facts
                if fact.exact and fact.end <= sentence.start + match.start() and fact.kind in (FactKind.MONEY, FactKind.COUNT)
                and (found := _OF_YEAR.search(sentence.text[: fact.start - sentence.start])) and found["what"] == match["what"]
            }  # fmt: skip
            if match["year"] not in told or len(told) < _FEWEST:
                continue
            pick = max if match["end"] in _HIGH else min
            most = pick(told, key=lambda year: told[year].base)
            if told[most].base == told[match["year"]].base:
                yield agrees(told[most])
            else:
                message = f"写“{match[0]}”，按所写各年{most}年（{said(told[most])}）最{match['end']}"
                yield differs(sentence.place, match["year"], most, message, facts=(told[match["year"]],))
