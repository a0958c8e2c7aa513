"""How many lines a table has of what prose counts: four lots, eleven indicators, two lots of one kind."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell
from toolkit.proof.facts import Fact
from toolkit.proof.lines import TOTALS, bare, is_turned, is_whole, lines_of
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report, Sentence
from toolkit.proof.row_words import first_words
from toolkit.proof.units import same_unit
from toolkit.text.patterns import Pattern

_TABLE = (
    "标段\t采购方式\t预算\n包1\t公开招标\t900\n包2\t公开招标\t1,200\n包3\t磋商\t160\n包4\t磋商\t120\n合计\t\t2,380\n"
)
_N = r"(?P<count>[0-9]{1,3}|[两一二三四五六七八九十]{1,3})"
_WHOLE = Pattern(
    rf"(?:分为|划分为|划分成|分成|分(?=[0-9])|共有?|共分|共设|共计){_N}(?:个|项|类|条|所|家)?(?P<noun>[\u4e00-\u9fff]{{1,6}})"
)
_DOES = Pattern(
    rf"(?:^|[，。；])(?P<kind>[\u4e00-\u9fff（）]{{4,24}}?)(?:共)?(?:承担|中标|负责|承建|实施)了?{_N}个[\u4e00-\u9fff]{{2,4}}"
)
_BY = Pattern(rf"由{_N}家(?P<noun>供应商|中标单位|承建单位|服务商|企业|单位)")
_EVERY = Pattern(rf"(?:^|[，。；：年]){_N}(?:个|项|类|条|所|家|份|座)(?P<noun>[\u4e00-\u9fff]{{2,8}})(?<=.)(?=[0-9均])")
"""6个标包均采用; 9条线路核定里程925.00: all of them."""
_AMONG = Pattern(rf"(?<![其这前后]){_N}(?:个|项|类|条|所|家)(?P<noun>[\u4e00-\u9fff]{{1,6}}?)中")
_OF_KIND = Pattern(rf"(?P<kind>[\u4e00-\u9fff]{{2,10}}?)的{_N}(?:个|项|类|条|所|家|份)(?P<noun>[\u4e00-\u9fff]{{1,4}})")
_KINDS = Pattern(rf"{_N}类")
_BODIES = ("供应商", "中标单位", "承建单位", "服务商", "企业", "单位")
_WHO = Pattern("(?:承接|承建|中标|成交|供应|服务|施工)(?:主体|单位|商|企业|机构|供应商)|供应商|乙方")
"""Columns of those that a contract is made with, whatever prose calls them."""
_BATCHES = Pattern(rf"分{_N}(?P<noun>批|期|次|年|类|步|档)(?!次)[^，。；：]{{0,6}}[：:](?P<list>[^。]*；[^。]*)")
_OTHERS = ("项目", "单位")
"""These have rules of their own."""
_OVERALL = ("总体评价", "整体评价")
"""The last answer of a questionnaire is none of 四个分项."""
_FAR = 2


@rule(
    "count.lines",
    group=Group.COUNTS,
    title="说到的个数与表中的行数相符",
    good=(
        f"{_TABLE}\n\n工程划分为四个标段。采用磋商的2个标段均已完工。",
        "分项\t满意\n清洁\t301\n公厕\t254\n分类\t248\n总体评价\t286\n\n三个分项中，清洁最好。",
        "债券分三批发行：2021年2亿元；2022年1亿元；2023年1亿元。",
    ),
    bad=(
        f"{_TABLE}\n\n工程划分为五个标段。",
        f"{_TABLE}\n\n采用磋商的3个标段均已完工。",
        f"{_TABLE}\n\n5个标段均采用资格后审。",
        "分项\t供应商\t金额\n机房\t云汉公司\t10\n网络\t云汉公司\t20\n应用\t宁远公司\t30\n\n由3家供应商承担。",
        "分项\t供应商\t金额\n机房\t云汉公司\t10\n网络\t云汉公司\t20\n应用\t宁远公司\t30\n\n云汉公司承担三个分项。",
        "指标类型\t个数\n数量指标\t31\n质量指标\t18\n时效指标\t14\n合计\t63\n\n四类指标中，时效指标最少。",
        "标段\t承接主体\t金额\n甲标段\t云汉公司\t10\n乙标段\t云汉公司\t20\n丙标段\t宁远公司\t30\n\n由3家企业承接。",
        "债券分四批发行：2021年2亿元；2022年1亿元；2023年1亿元。",
    ),
)
def lines(report: Report) -> Iterator[Result]:
    """A number and what it counts, which a heading of a table names; or a kind that stands in so many of its cells."""
    wholes, kinds = _wholes(report), _kinds(report)
    for sentence in report.prose_with(_BY, _BATCHES, _WHOLE, _AMONG, _EVERY, _OF_KIND, _DOES):
        yield from _of_wholes(report, sentence, wholes)
        yield from _of_kinds(report, sentence, kinds, wholes)
        for match in _BY.finditer(sentence.text):
            yield from _held(report, sentence, match, _different(report, match["noun"]))
        for match in _BATCHES.finditer(sentence.text):
            yield from _held(report, sentence, match, {match["list"].strip("；").count("；") + 1})


def _of_wholes(report: Report, sentence: Sentence, wholes: Mapping[str, set[int]]) -> Iterator[Result]:
    """All lines of a table, counted."""
    for pattern in (_WHOLE, _AMONG, _EVERY):
        for match in pattern.finditer(sentence.text):
            if pattern is _EVERY and not _is_of_all(report, sentence, match):
                continue
            of_kinds = (
                {f"{match['noun']}类型", f"{match['noun']}类别"} if _KINDS.match(match[0]) else set()
            )  # 七类指标中
            known = [
                found for noun, found in wholes.items() if noun in of_kinds or _names(match["noun"], noun, pattern)
            ]
            yield from _held(report, sentence, match, {count for found in known for count in found})


def _of_kinds(
    report: Report, sentence: Sentence, kinds: Mapping[str, int], wholes: Mapping[str, set[int]]
) -> Iterator[Result]:
    """The lines in which one kind, or one supplier, stands."""
    for pattern in (_OF_KIND, _DOES):
        for match in pattern.finditer(sentence.text):
            kind = next((kind for kind in kinds if match["kind"].endswith(kind)), "")
            told = pattern is _DOES or any(_names(match["noun"], noun, _WHOLE) for noun in wholes)
            if kind and told:
                yield from _held(report, sentence, match, {kinds[kind]})


def _different(report: Report, noun: str) -> set[int]:
    """How many different names stand in the columns so called: three suppliers of five lots."""
    columns = [
        {row[at].label for row in table.rows[table.head :] if row[at].text.strip() and not is_whole(row[at].label)}
        for table in report.document.tables
        for at, heading in enumerate(table.headings)
        if bare(heading).startswith(noun)
        or noun.startswith(bare(heading) or "—")
        or (noun in _BODIES and _WHO.fullmatch(bare(heading)))
    ]
    return {len(names) for names in columns}


def _is_of_all(report: Report, sentence: Sentence, match: re.Match[str]) -> bool:
    """均 behind what is counted, or a number that a total line has."""
    if sentence.text[match.end()] == "均":
        return True
    fact = next((fact for fact in sentence.facts if fact.start == sentence.start + match.end()), None)
    totals = (cell for line in lines_of(report) if line.total for cell in line.cells.values())
    return fact is not None and any(cell.base == fact.base and same_unit(cell, fact) for cell in totals)


def _names(said: str, noun: str, pattern: Pattern) -> bool:
    """Whether some words begin with a heading, or are one."""
    if pattern is _EVERY and len(noun) > _SHORT and said.startswith(noun[-_SHORT:]):
        return True  # 评价维度 are 四个维度
    if pattern is _AMONG:
        return said == noun
    return said.startswith(noun)


_SHORT = 2


def _wholes(report: Report) -> Mapping[str, set[int]]:
    """Heading of a column of names → how many different names stand in it."""
    found: dict[str, set[int]] = {}
    for table in report.document.tables:
        for column, heading in enumerate(table.headings if not is_turned(table) else ()):
            noun = re.sub("(?:名称|号)$", "", bare(heading))
            rows = [row for row in table.rows[table.head :] if not is_whole(next((c.label for c in row if c.text), ""))]
            cells = [row[column].label for row in rows if row[column].text.strip() and not row[column].is_numeric]
            names = {
                label
                for label in cells
                if not is_whole(label) and label not in _OVERALL and not label.startswith(("注", "合计"))
            }
            if sum("、" in label for label in cells) > 1:
                continue  # 涉及单位: several in a cell
            if noun and noun not in _OTHERS and len(cells) - len(names) <= 1 < len(names):
                found.setdefault(noun, set()).add(len(names))
    return found


def _kinds(report: Report) -> Mapping[str, int]:
    """What stands in several cells of one column of words → in how many; only what one table alone has."""
    found: Counter[str] = Counter()
    tables: dict[str, int] = {}
    for table in report.document.tables:
        for column in range(1, table.width):
            cells = [cell.label for cell in table.column(column) if cell.text.strip() and not cell.is_numeric]
            for label, count in Counter(cells).items():
                if count > 1 and label not in TOTALS and len(label) > 1:
                    found[label] = count
                    tables[label] = tables.get(label, 0) + 1
    return {label: count for label, count in found.items() if tables[label] == 1}


def _held(report: Report, sentence: Sentence, match: re.Match[str], counts: set[int]) -> Iterator[Result]:
    said = 2 if match["count"] == "两" else numeral(match["count"])
    if not counts or said < 2:
        return
    at = sentence.start + match.start("count")
    facts: tuple[Fact, ...] = report.facts_within(sentence.place, at, at + 1)
    if said in counts:
        yield from (agrees(*facts) for _ in facts[:1])
        return
    near = min(counts, key=lambda count: abs(count - said))
    message = f"写“{match[0][:20]}”，列出的是{near}"
    say = differs if abs(near - said) <= _FAR and len(counts) == 1 and match.re is not _AMONG.compiled else doubtful
    if abs(near - said) <= _FAR:
        yield say(sentence.place, match["count"], str(near), message, facts=facts, confidence=80)


_OF_ROWS = Pattern("(?P<count>[0-9]{1,3})[个项条家户所座类份批包]")


@rule(
    "count.subtotal",
    group=Group.COUNTS,
    title="小计、合计行写的个数等于各组的行数",
    good=(
        "类别\t线路\t里程\n主城\t1路\t20\n主城\t3路\t30\n小计\t2条\t50\n城乡\t101路\t40\n城乡\t105路\t10\n小计\t2条\t50\n合计\t4条\t100\n",
    ),
    bad=(
        "类别\t线路\t里程\n主城\t1路\t20\n主城\t3路\t30\n小计\t3条\t50\n城乡\t101路\t40\n城乡\t105路\t10\n小计\t2条\t50\n合计\t4条\t100\n",
    ),
)
def subtotals(report: Report) -> Iterator[Result]:
    """Cells such as 4条 in rows that sum up, against the rows of their group; where most of the table do."""
    for table in report.document.tables:
        found: list[tuple[Cell, int, int]] = []
        group = every = 0
        for row in table.rows[table.head :]:
            label = first_words(row)
            if not is_whole(label):
                group, every = group + 1, every + 1
                continue
            due = group if label == "小计" else every
            matches = [(cell, _OF_ROWS.fullmatch(cell.text.strip())) for cell in row]
            found += [(cell, int(match["count"]), due) for cell, match in matches if match]
            group = 0
        wrong = [item for item in found if item[1] != item[2]]
        if len(wrong) * 2 >= len(found):
            continue
        for cell, said, due in found:
            facts = report.facts_at(cell.place)
            if said == due:
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                message = f"写“{cell.text.strip()}”，上面列出的是{due}行"
                yield differs(cell.place, str(said), str(due), message, facts=facts, confidence=85)
