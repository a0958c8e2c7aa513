"""How many lines of a table lie above or below a number, or the mean, and which: prose against the tables."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.line_columns import Column, columns_of, headed, names_in
from toolkit.proof.lines import bare, close, lines_of, lines_of_table
from toolkit.proof.outline import numeral
from toolkit.proof.report import Report, Sentence
from toolkit.proof.row_words import is_of_others
from toolkit.text.numerals import MONEY_UNITS
from toolkit.text.patterns import Pattern

_TABLE = "县区\t下达\t到位\t支出\t支出率（%）\n清源县\t2,900.00\t2,900.00\t2,784.00\t96.00\n双河县\t2,600.00\t2,560.00\t2,406.40\t94.00\n石桥区\t2,100.00\t2,100.00\t1,953.00\t93.00\n高坪县\t1,700.00\t1,580.00\t1,406.20\t89.00\n合计\t9,300.00\t9,140.00\t8,549.60\t93.54\n"
_MONTHS = "月份\t考核得分\t扣款\n1月\t97.2\t0\n2月\t98.5\t0\n3月\t91.0\t2\n4月\t95.0\t0\n\n考核95分以上的有3个月。"
_RATED = (
    "部门\t自评平均分\t复评平均分\t差异\n市教育局\t97.17\t87.50\t-9.67\n市水务局\t93.35\t81.58\t-11.77\n市生态环境局\t93.65\t74.43\t-19.22\n"
    "\n平均得分在80分以下的部门有1个，相差10分以上的2个。"
)
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"


@rule(
    "count.bound",
    group=Group.COUNTS,
    title="高于、低于某数的个数和名单与表相符",
    good=(
        _MONTHS,
        _RATED,
        f"{_TABLE}\n\n支出率低于94%的有石桥区、高坪县2个县区。支出率在93%以上的有3个。清源县、双河县支出率均超过93%。对支出率不足90%的1个县区进行约谈。",
        _TABLE.replace("合计", "其他12个县区\t9,000.00\t9,000.00\t8,100.00\t90.00\n合计")
        + "\n支出率低于94%的有7个县区。",
        f"{_TABLE}\n\n支出率低于94%的有11个。石桥区、高坪县受汛期影响，支出率均低于94%。支出率低于85%的3个乡。",
    ),
    bad=(
        f"{_TABLE}\n\n支出率低于94%的有石桥区、高坪县3个县区。",
        f"{_TABLE}\n\n支出率在93%以上的有2个。",
        f"{_TABLE}\n\n支出率低于94%的县区3个，占75.00%，分别为石桥区、高坪县。",
        f"{_TABLE}\n\n支出率为94%的县区有2个。",
        f"{_TABLE}\n\n支出率均不低于90%，执行良好。",
        f"{_TABLE}\n\n清源县、高坪县支出率均超过93%。",
        _MONTHS.replace("有3个月", "有2个月"),
        _RATED.replace("以上的2个", "以上的1个"),
        f"{_TABLE}\n\n支出率96%的县区有2个。",
        f"{_TABLE}\n\n下达1,000万元以上、2,000万元以下的县区有1个。下达2,000万元以上的县区2个。",
        _RATED.replace("的部门有1个", "的部门有2个"),
    ),
)
def bounds(report: Report) -> Iterator[Result]:
    """支出率低于90%的有2个, against the lines of the tables that have such a column; 均超过 against the lines named."""
    for sentence in report.prose_with(_COUNTED, _ALL, _EVERY) if lines_of(report) else ():
        words, noun = "", ""
        for match in _COUNTED.finditer(sentence.text):
            words = match["words"] or words  # 载客超过3人次的有3条，不足1.5人次的有2条
            noun = _noun(report, match) or noun
            called = _SAME.sub("差值", re.sub("^(?:对|其中|中|个)+", "", words))
            yield from _counted(report, sentence, match, called, noun)
        if "均" not in sentence.text:
            continue
        for match in _ALL.finditer(sentence.text):
            yield from _all(report, sentence, match)
        for match in _EVERY.finditer(sentence.text):
            yield from _every(report, sentence, match)


_SAME = Pattern("差距|分差|相差")
_SIDE = (
    r"(?P<side>(?<=[率例额数分])为|低于|不足|不到|小于|高于|超过|大于|不低于|不超过|达到|在)?(?P<value>"
    + _NUMBER
    + r")(?P<unit>%|分|[万亿]?元|[\u4e00-\u9fff]{1,3}?)?(?P<also>（含）)?(?P<end>以上|以下|及以上|及以下)?"
)
_LISTED = (
    r"的(?P<noun>[\u4e00-\u9fff]{0,6}?)(?:共?有|为|是|共)?(?P<names>[^，。；0-9]*?)(?P<count>[0-9]{1,3}|[两一二三四五六七八九十])"
    r"(?P<thing>[个家项所类条份户座处人名辆台])(?:，占[0-9.]+%(?=，(?:分别|依次|即)))?(?:[\u4e00-\u9fff]{0,4}[，：](?:分别|依次)?(?:为|是)(?P<behind>[^，。；]*))?"
)
_COUNTED = Pattern(r"(?:(?<=，)|(?P<words>[\u4e00-\u9fff]{2,10}?))" + _SIDE + _LISTED)
_ALL = Pattern(r"(?P<names>[^，。；：]*(?:、|和)[^，。；：]*?)均(?:已)?" + _SIDE + r"(?=[，。；、]|的)")


_EVERY = Pattern(r"(?:^|[，。；])(?P<words>[\u4e00-\u9fff]{2,8}率)均(?:已)?" + _SIDE + r"(?=[，。；])")


def _every(report: Report, sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    """可用率均不低于99.90%: every line of the only column that is called so, or those its sentence names before."""
    columns = headed(report, match["words"])
    before = re.split("；", sentence.text[: match.start()])[-1]
    named = [name for column in columns for name in column.facts if name in before]  # 2021年、2022年受影响，
    met = {name: _meets(match, fact) for column in columns for name, fact in column.facts.items()
           if not named or name in named}  # fmt: skip
    if len(columns) != 1 or None in met.values():
        return
    wrong = next((name for name, holds in met.items() if not holds), "")
    if wrong:
        fact = columns[0].facts[wrong]
        message = f"写“{match[0].strip('，。；')}”，“{wrong}”的{columns[0].heading}是{said(fact)}"
        yield doubtful(sentence.place, wrong, said(fact), message, related=(fact.place,), confidence=80)
    else:
        yield agrees(*(columns[0].facts[name] for name in met))


def _meets(match: re.Match[str], fact: Fact) -> bool | None:
    """Whether a number of a table lies on the side of the bound that the words say; None where they say none."""
    bound = Decimal(match["value"].replace(",", ""))
    if match["unit"] in MONEY_UNITS and fact.unit in MONEY_UNITS:
        bound *= MONEY_UNITS[match["unit"]] / MONEY_UNITS[fact.unit]
    if match["unit"] == "%" and not fact.unit and fact.kind is not FactKind.PERCENT:
        return None
    value = fact.value or Decimal(0)
    value = abs(value) if bound > 0 > value else value
    exact = match["unit"] == "%" and match.groupdict().get("words") is not None  # 结算率100%的有3家
    return _on_side(match["side"] or "", match["end"] or "", value, bound, exact=exact)


def _on_side(side: str, end: str, value: Decimal, bound: Decimal, *, exact: bool = False) -> bool | None:
    if side in ("低于", "不足", "不到", "小于"):
        return value < bound
    if side in ("高于", "超过", "大于"):
        return value > bound
    if side == "为" and not end:
        return value == bound
    if side in {"不低于", "达到"} or end.endswith("以上"):
        return value >= bound
    if side == "不超过":
        return value <= bound
    if not side and not end:
        return value == bound if exact else None
    return value <= bound if end == "及以下" else (value < bound if end.endswith("以下") else None)


def _counted(report: Report, sentence: Sentence, match: re.Match[str], words: str, noun: str) -> Iterator[Result]:
    columns = _evaluated(sentence.text, match.start(), _headed(report, words, match["unit"] or ""))
    columns = _of_noun(report, noun, columns)
    if not words and match["unit"] == "分":
        columns = headed(report, "总分") or headed(report, "总得分")  # 低于80分的有2个项目
    met = [{name: _meets(match, fact) for name, fact in column.facts.items()} for column in columns]
    yield from _judged(report, sentence, match, list(zip(columns, met, strict=True)))


def _headed(report: Report, words: str, unit: str) -> list[Column]:
    """The columns that words mean; 相差 is called 差异 and 差额, too, and 考核95分以上 means 考核得分."""
    if not words:
        return []
    if words == "差值":
        return [column for name in ("差值", "差异", "差额", "分差") for column in headed(report, name)]
    marks = [column for column in headed(report, f"{words}得分") if column.heading.startswith(words)]
    return headed(report, words) or (marks if unit == "分" else [])


def _evaluated(text: str, at: int, columns: Sequence[Column]) -> list[Column]:
    """The columns without what units say of themselves, unless the sentence speaks of that."""
    own = [column for column in columns if "自评" not in column.heading]
    return list(columns) if "自评" in text[:at] or not own else own


def _noun(report: Report, match: re.Match[str]) -> str:
    """预算1,000万元以上的项目5个: what is counted, where a table has it as a heading."""
    words = match["noun"] or match["names"]
    return words if words and _tables_of(report, words) else ""


def _tables_of(report: Report, noun: str) -> set[int]:
    heads = {noun, f"{noun}名称"}
    return {table.number for table in report.document.tables if heads.intersection(map(bare, table.headings))}


def _of_noun(report: Report, noun: str, columns: Sequence[Column]) -> list[Column]:
    """The columns of tables that name what is counted, where there are such."""
    tables = _tables_of(report, noun) if noun else set()
    return [column for column in columns if column.table in tables] or list(columns)


def _judged(
    report: Report, sentence: Sentence, match: re.Match[str], tried: Sequence[tuple[Column, Mapping[str, bool | None]]]
) -> Iterator[Result]:
    """The number and the names that are told against the lines that lie on the side, of each column that may be meant."""
    count = 2 if match["count"] == "两" else numeral(match["count"])
    tried = [(column, met) for column, met in tried if not any(map(is_of_others, column.facts))]
    tried = [(column, met) for column, met in tried if count <= len(column.facts)]  # else it lists the first few
    listed = "" if _tables_of(report, match["names"]) else match["names"]
    words = match["behind"] or re.sub("^[^、]{0,6}?(?:有|为|是)", "", listed)
    told = [(column, met, _resolved(words, column)) for column, met in tried]
    known = [(column, [name for name in met if met[name]], named) for column, met, named in told if named is not None]
    noun = _NOUN.match(sentence.text, match.end("count"))
    of_noun = [item for item in known if noun and item[1] and all(name.endswith(noun["noun"]) for name in item[1])]
    known = of_noun or [
        item for item in known if not noun or _has(report, item[0], noun["noun"])
    ]  # 4个县 are no quarters
    thing = _THING.match(sentence.text, match.end("thing"))
    known = [item for item in known if thing and _is_of(report, item[0].table, thing[0])] or known
    if not known or any(holds is None for _, met in tried for holds in met.values()):
        return
    at = sentence.start + match.start("count")
    facts = report.facts_within(sentence.place, at, at + 1)
    if any(len(names) == count and (not named or set(named) == set(names)) for _, names, named in known):
        yield from (agrees(*facts) for _ in facts[:1])
    elif len({tuple(sorted(names)) for _, names, _ in known}) == 1:
        column, names, _ = known[0]
        message = f"“{match[0]}”，表中“{column.heading}”这样的有{len(names)}{match['thing']}：{'、'.join(names[:6])}"
        yield differs(sentence.place, match["count"], str(len(names)), message, facts=facts, confidence=85)


def _resolved(words: str, column: Column) -> list[str] | None:
    """The names of a column that a list holds, whole or shortened; None where it lists others."""
    named = [name for name in column.facts if name in words]
    items = [item.strip("“”") for item in re.split("、|和|及", words) if len(item) > 1]
    if len(named) >= len(items):
        return [name for name in named if not any(name != other and name in other for other in named)]
    short = {item: [name for name in column.facts if name.startswith(item[:_SHORT])] for item in items}
    if named or any(len(names) != 1 for names in short.values()):
        return None
    return [names[0] for names in short.values()]


def _has(report: Report, column: Column, noun: str) -> bool:
    """Whether lines of a column, or a heading of its table, are called so."""
    heads = [head for own in report.document.tables if own.number == column.table for head in own.headings]
    return any(name.endswith(noun) for name in column.facts) or noun in "".join(heads)


def _is_of(report: Report, table: int, noun: str) -> bool:
    """Whether a table names what is counted: of 5个问题 that whose names are below 问题, not one of ways to mend them."""
    for own in (own for own in report.document.tables if own.number == table):
        named = [at for at, head in enumerate(own.headings) if noun in (bare(head)[:_SHORT], bare(head)[-_SHORT:])]
        return any(not any(cell.is_numeric for cell in own.column(at)) for at in named)
    return False


_THING = Pattern("[\u4e00-\u9fff]{2}")
_SHORT = 2
_NOUN = Pattern("(?:个)?(?P<noun>县|区|镇|乡|街道|季度|月)")
_ABOVE = Pattern(
    r"(?P<words>[\u4e00-\u9fff]{2,10}?)?(?P<side>高于|超过|大于|低于|不足|未达到|达不到)"
    r"(?P<bound>[\u4e00-\u9fff]{0,6}?(?:平均|总体|整体|综合|总得分率|全市|全县|全区|全省)[\u4e00-\u9fff]{0,8}?)"
    + _LISTED
)
_LINES = f"{_TABLE}\n\n支出率高于全市平均水平的有清源县、双河县2个县区。支出率低于全市水平的有2个。"


@rule(
    "count.above_mean",
    group=Group.COUNTS,
    title="高于、低于平均水平的个数和名单与表相符",
    good=(_LINES,),
    bad=(_LINES.replace("清源县、双河县", "清源县、石桥区"), _LINES.replace("有2个。", "有3个。")),
)
def above(report: Report) -> Iterator[Result]:
    """支出率高于平均水平的有2个: against the mean of the lines and what the total line has there."""
    for sentence in report.prose_with(_ABOVE) if lines_of(report) else ():
        for match in _ABOVE.finditer(sentence.text):
            columns = headed(report, match["words"]) if match["words"] else _told_of(report, match)
            columns = columns or (_of_marks(report) if match["bound"].startswith(("平均分", "平均得分")) else [])
            tried = [
                (
                    column,
                    {name: _on_side(side, "", fact.value or Decimal(0), bound) for name, fact in column.facts.items()},
                )
                for column in columns
                for bound in _means(report, column, match["bound"])
                for side in ("低于" if match["side"] in ("未达到", "达不到") else match["side"],)
            ]
            yield from _judged(report, sentence, match, tried)


def _of_marks(report: Report) -> list[Column]:
    """The columns of marks that are no means, and not what units gave themselves."""
    columns = headed(report, "总分") or headed(report, "得分")
    return [column for column in columns if not re.search("自评|平均", column.heading)] or columns


def _told_of(report: Report, match: re.Match[str]) -> list[Column]:
    """高于平均分的有甲、乙: the columns of marks, or of what the mean is of, in which both stand."""
    what = re.sub("平均|水平|总体|整体|综合|值|数|全[市县区省]", "", match["bound"]) or "—"
    lines = {line.table: line for line in lines_of(report) if not line.total}
    columns = [column for line in lines.values() for column in columns_of(report, line.names[-1])]
    return [column for column in columns if what in column.heading and _resolved(match["names"], column)]


def _means(report: Report, column: Column, words: str) -> list[Decimal]:
    """What the total line has, and the mean of the lines where the words do not say 全市 or 总."""
    totals = [line.cells for line in lines_of_table(report, column.table) if line.total]
    found = [cells[column.heading].value or Decimal(0) for cells in totals if column.heading in cells]
    values = [fact.value or Decimal(0) for fact in column.facts.values()]
    return found if found and re.search("全[市县区省]|总", words) else [*found, sum(values, Decimal(0)) / len(values)]


def _all(report: Report, sentence: Sentence, match: re.Match[str]) -> Iterator[Result]:
    spans = names_in(report, match["names"])
    names = [name for _, _, name in spans]
    if len(names) < 2:
        return
    words = match["names"][spans[-1][1] :]
    for column in columns_of(report, names[0]):
        if not set(names) <= column.facts.keys() or not (close(words, column.heading) and words):
            continue
        wrong = [name for name in names if _meets(match, column.facts[name]) is False]
        if any(_meets(match, column.facts[name]) is None for name in names):
            continue
        if not wrong:
            yield agrees(*(column.facts[name] for name in names))
        else:
            fact = column.facts[wrong[0]]
            message = f"写“均{match['side'] or ''}{match['value']}{match['unit'] or ''}{match['end'] or ''}”，“{wrong[0]}”的{column.heading}是{said(fact)}"
            yield differs(sentence.place, wrong[0], said(fact), message, related=(fact.place,), confidence=85)
        return
