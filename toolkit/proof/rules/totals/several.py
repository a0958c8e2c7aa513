"""So many things told together: 前两项合计7,603.20万元, 三市合计安排208,900万元, 过程与效益两个维度共扣8.45分."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, rule
from toolkit.proof.facts import FactKind
from toolkit.proof.line_columns import all_columns
from toolkit.proof.lines import Line, lines_by_name, lines_of
from toolkit.proof.report import Report
from toolkit.proof.trials import Spot, Trial, judged, spots_with, summed
from toolkit.proof.units import QUANTITIES, same_unit
from toolkit.text.numerals import chinese_numeral
from toolkit.text.patterns import Pattern

_SEVERAL = Pattern(
    r"(?P<which>前|后|上述|以上|这)?(?P<count>[两二三四五六七八九十])(?:个|大)?(?:项|类|者|笔|份|级|年|市|州|县|区|镇|街道|片区|家|次|部分|方面|季度|维度|指标|站|所|批|期|个)"
    r"(?:合同|资金|费用|支出|补助|补贴|项目|指标)?(?:之和|合计|共计|总计|累计|共)[^，。；0-9]{0,5}$"
)
_NAME = r"(?:(?![和与及])[\u4e00-\u9fff]){2,12}"
_NAMED = Pattern(
    rf"(?P<names>{_NAME}?(?:[、和与及]{_NAME}?){{1,12}})(?:(?:[两二三四五六七八九十]|[2-9])(?:个|大)?(?:乡镇|镇街|项目|学校|医院|项|类|者|市|州|县|区|镇|街道|片区|家|部分|方面|维度|指标|厂|站|所|个))"
    r"(?:合计|共计?|总计|之和|占)?[^，。；0-9]{0,8}$"
)
_WHOLE = Pattern("合计$|共计$|总计$|总额$|共$|平均$|均$|每.{0,3}$")


@rule(
    "sum.several",
    group=Group.SUMS,
    title="“前两项合计”“三市共”等于所说的几个数之和",
    good=(
        "用于购房补贴4,646.40万元，租房补贴2,956.80万元，其余844.80万元为运营补助。前两项合计7,603.20万元。",
        "两份合同560万元、420万元，两份合计980万元。",
    ),
    bad=(
        "用于购房补贴4,646.40万元，租房补贴2,956.80万元，其余844.80万元为运营补助。前两项合计7,630.20万元。",
        "专业\t人数\n机电专业\t659\n汽修专业\t677\n烹饪专业\t223\n合计\t1,559\n\n人数最多的两个专业合计1,363人。",
        "维度\t分值\t扣分\n决策\t15\t1.50\n过程\t25\t4.25\n效益\t30\t4.20\n过程与效益两个维度共扣8.54分。",
    ),
)
def several(report: Report) -> Iterator[Result]:
    """As many numbers in a row as are spoken of: those of the sentence, of the paragraph, or of the lines named."""
    for spot in spots_with(report, _NAMED, _SEVERAL, _MOST):
        if spot.fact.kind not in (*QUANTITIES, FactKind.PERCENT) or not spot.fact.value:
            continue
        clause = re.split("[，,；：:（(]", spot.sentence)[-1]
        named = list(_of_lines(report, spot, clause))
        match = _SEVERAL.search(clause)
        told = list(_in_row(spot, match)) if match and spot.fact.kind in QUANTITIES else []
        yield from judged(report, spot.fact, [*named, *told, *_of_most(report, spot, clause)], "合计写")


_MOST = Pattern(
    r"最(?P<end>多|大|高|少|小|低)的(?P<count>[两二三四五]|[2-5])(?:个|项|类|家|所|条|份)?[^，。；0-9]{0,6}?(?:合计|共计?|总计|之和)[^，。；0-9]{0,6}$"
)


def _of_most(report: Report, spot: Spot, clause: str) -> Iterator[Trial]:
    """人数最多的两个专业合计: the first or the last of every column of its unit."""
    match = _MOST.search(clause)
    for column in all_columns(report) if match else ():
        facts = sorted(
            column.facts.values(), key=lambda fact: fact.base, reverse=bool(match and match["end"] in "多大高")
        )
        count = int(chinese_numeral(match["count"]) or match["count"]) if match else 0
        if len(facts) > count and (same_unit(facts[0], spot.fact) or not facts[0].unit):
            yield summed(facts[:count])


def _in_row(spot: Spot, match: re.Match[str]) -> Iterator[Trial]:
    count = int(chinese_numeral(match["count"]) or 0)
    before, earlier = (
        [fact for fact in spot.alike(facts) if not _WHOLE.search(fact.subject)] for facts in (spot.before, spot.earlier)
    )
    pool = [*earlier, *before]
    meant: Sequence[object] = before if len(before) == count else pool if len(pool) == count else ()
    if match["which"] in ("前", "后") and len(pool) == count + 1:
        meant = pool[:count] if match["which"] == "前" else pool[-count:]
    for at in range(len(pool) - count + 1):
        run = pool[at : at + count]
        yield summed(run, sure=bool(meant) and all(one is other for one, other in zip(run, meant, strict=True)))


def _of_lines(report: Report, spot: Spot, clause: str) -> Iterator[Trial]:
    """The lines of a table that are named, under each heading; their share of the total line."""
    match = _NAMED.search(clause)
    names = re.split("[、和与及]", match["names"]) if match else []
    for number in {line.table for name in names[:1] for line in lines_by_name(report).get(name, [])}:
        lines = [_line(report, name, number) for name in names]
        if not all(lines):
            continue
        known = [line for line in lines if line is not None]
        for heading in known[0].cells:
            facts = [line.cells[heading] for line in known if heading in line.cells]
            if len(facts) < len(names) or facts[0].kind in (FactKind.PERCENT, FactKind.POINTS):
                continue
            if spot.fact.kind is FactKind.PERCENT:
                yield from _share(report, number, heading, summed(facts))
            elif same_unit(facts[0], spot.fact) or not facts[0].unit:
                yield summed(facts)


def _share(report: Report, number: int, heading: str, part: Trial) -> Iterator[Trial]:
    for line in lines_of(report):
        whole = line.cells.get(heading) if line.total and line.table == number else None
        if whole is not None and whole.base >= part.due > 0:
            due = part.due / whole.base
            off = Decimal("0.00005")
            yield Trial(due - off, due + off, due, (*part.facts, whole), f"({part.working})÷{whole.text}")


def _line(report: Report, name: str, number: int) -> Line | None:
    return next((line for line in lines_by_name(report).get(name, []) if line.table == number), None)
