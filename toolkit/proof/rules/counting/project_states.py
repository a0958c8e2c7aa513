"""How many projects, and which, are funded in full, paid off, paid above contract: prose against the table of amounts."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, doubtful, rule
from toolkit.proof.document import Cell, Place, Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import bare, is_whole, number_of
from toolkit.proof.outline import numeral
from toolkit.proof.records import label_of
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import Spot, Trial, apart, spots, summed, told
from toolkit.text import plain
from toolkit.text.folding import squeeze
from toolkit.text.patterns import Pattern

_TABLE = (
    "单位：万元\n序号\t项目名称\t合同金额\t到位资金\t支付金额\t资金到位率\n1\t甲平台项目\t100.00\t100.00\t90.00\t100.00%\n"
    "2\t乙平台项目\t80.00\t80.00\t80.00\t100.00%\n3\t丙系统项目\t60.00\t50.00\t50.00\t83.33%\n"
    "4\t丁系统项目\t40.00\t40.00\t36.00\t100.00%\n\t合计\t280.00\t270.00\t256.00\t96.43%\n"
)
_BUDGET, _CONTRACT, _DUE, _ARRIVED, _PAID = "预算", "合同", "应到位", "到位", "支付"
_AUDITED = "审定"
_HEADS = (
    (_BUDGET, Pattern("预算(?:资金|金额|安排|数)?")),
    (_CONTRACT, Pattern("合同(?:总)?(?:金额|价款?|额)")),
    (_AUDITED, Pattern("审计核减后合同金额|(?:审定|审计)(?:合同)?(?:金额|价款?|额)")),
    (_DUE, Pattern("应到位(?:资金|金额|数)?")),
    (_ARRIVED, Pattern("(?:实际)?到位(?:资金|金额|数)|资金到位(?:金额|数)?|实际到位")),
    (_PAID, Pattern("(?:累计|实际)?(?:已)?(?:支付|支出|付款)(?:资金|金额|数)?")),
)
_N = r"(?P<count>[0-9]{1,3}|[两一二三四五六七八九十]{1,3})"
_COUNTED = Pattern(rf"{_N}个(?:[\u4e00-\u9fff]{{2,6}})?项目(?P<words>[^，。；：0-9]{{2,20}}(?:100(?:\.0+)?[%％])?)")
_ROWS_COUNTED = Pattern("项目(?:个)?数$")
"""有数据的项目数: a row that counts others."""
_FEW = 3
"""Fewer rows are no table of projects."""


@dataclass(frozen=True, slots=True)
class _Project:
    """A row: its name and its amounts by what they are."""

    name: str
    amounts: dict[str, Fact]

    def gap(self, first: str, second: str) -> Decimal:
        """How much the first amount is above the second. Units: 元."""
        return self.amounts[first].base - self.amounts[second].base


@dataclass(frozen=True, slots=True)
class _State:
    """A thing said of projects: the amounts it needs, whether it holds of a row, and the gap that 差, 尚欠 tells."""

    words: Pattern
    needs: tuple[str, str]
    holds: Callable[[Decimal], bool]


_STATES = (
    _State(Pattern("[未没][有能]?(?:全部|足额|全额|完全)?到位|到位不足|到位率不足100"), (_DUE, _ARRIVED), lambda gap: gap > 0),
    _State(Pattern("(?:足额|全额|全部|百分之百|100%)到位|到位率(?:均)?(?:为|达到?|是)?100"), (_DUE, _ARRIVED), lambda gap: gap <= 0),
    _State(Pattern("[未没]有?付清|[未没]有?(?:全部|全额|足额)支付|(?:尾款|余款)(?:尚?未|没有)(?!按|及时|如期)|(?:有|存在)(?:尾款|余款|款项)[^，。；]{0,4}未"), (_CONTRACT, _PAID), lambda gap: gap > 0),
    _State(Pattern("付清|(?:全额|足额|全部)支付|支付完毕|结清"), (_CONTRACT, _PAID), lambda gap: gap == 0),
    _State(Pattern("[未没不]有?超(?:过|出)?(?:合同|付)"), (_CONTRACT, _PAID), lambda gap: gap >= 0),
    _State(Pattern("超(?:过|出)?合同|超付"), (_CONTRACT, _PAID), lambda gap: gap < 0),
)  # fmt: skip
"""The first that the words name is meant: denials stand before what they deny."""


@rule(
    "project.states",
    group=Group.COUNTS,
    title="资金到位、付清、超付的项目个数和名单与表相符",
    good=(
        f"{_TABLE}\n\n3个项目资金全额到位，丙系统项目1个项目未足额到位。乙平台项目已付清，其余3个项目尚有尾款未付。",
        f"{_TABLE}\n\n2个项目超合同约定工期，3个新建项目资金全额到位。",
        f"{_TABLE.replace('合同金额', '预算资金').replace('支付金额', '合同金额')}\n\n1个项目资金没有全部到位。",
        "单位：万元\n项目名称\t合同金额\t审计核减后合同金额\t累计支付金额\n甲项目\t100.00\t90.00\t95.00\n"
        "乙项目\t80.00\t—\t85.00\n丙项目\t60.00\t60.00\t60.00\n有数据的项目数\t3\t2\t3\n\n"
        "2个项目累计支付超过合同或审计核减后金额。",
    ),
    bad=(
        f"{_TABLE}\n\n2个项目资金全额到位。",
        f"{_TABLE}\n\n丁系统项目1个项目未足额到位。",
        f"{_TABLE}\n\n其余2个项目尚有尾款未付。",
        "单位：万元\n项目名称\t合同金额\t审计核减后合同金额\t累计支付金额\n甲项目\t100.00\t90.00\t95.00\n"
        "乙项目\t80.00\t—\t85.00\n丙项目\t60.00\t60.00\t60.00\n\n3个项目累计支付超过合同或审计核减后金额。",
        f"{_TABLE}\n\n甲平台项目、丁系统项目2个项目未付清合同价款，分别余10.00万元、6.00万元。",
    ),
)
def states(report: Report) -> Iterator[Result]:
    """So many projects 全额到位, 未付清: how many rows are so; names before the number; gaps behind it."""
    tables = [rows for table in report.document.tables if (rows := _projects(report, table))]
    for sentence in report.prose_with(_COUNTED) if tables else ():
        for match in _COUNTED.finditer(sentence.text):
            state = next((state for state in _STATES if state.words.search(match["words"])), None)
            known = [rows for rows in tables if state and all(set(state.needs) <= set(row.amounts) for row in rows)]
            if state is not None and known and "工期" not in match["words"]:
                yield from _counted(report, sentence, match, state, known)


def _projects(report: Report, table: Table) -> list[_Project]:
    """The rows of a table that has a column of names and at least two of the amounts."""
    heads = [bare(heading) for heading in table.headings]
    columns = {
        what: at for what, pattern in reversed(_HEADS) for at, head in enumerate(heads) if pattern.fullmatch(head)
    }
    first = min(columns.values(), default=0)
    found = []
    for row in table.rows[table.head :]:
        name = next((label_of(cell.text) for cell in row[:first] if cell.text.strip() and not cell.is_numeric), "")
        amounts = {what: fact for what, at in columns.items() if (fact := _amount(report, row[at])) is not None}
        is_project = name and not is_whole(name) and "小计" not in name and not _ROWS_COUNTED.search(name)
        if is_project and len(amounts) > 1:
            found.append(_Project(name, amounts))
    if len(columns) < 2 or len(found) < _FEW:
        return []
    rates = next((at for at, head in enumerate(heads) if re.fullmatch("(?:资金)?到位率", head)), None)
    printed = [row[rates].text if rates is not None else "" for row in table.rows[table.head :]]
    return _with_due(found, [text for text in printed if text.strip()])


def _with_due(rows: list[_Project], rates: Sequence[str]) -> list[_Project]:
    """The rows with what was to arrive: the column called so, else that of which the printed rates are, else the budget."""
    if any(_DUE in row.amounts for row in rows):
        return rows
    bases = [what for what in (_BUDGET, _CONTRACT) if all({what, _ARRIVED} <= set(row.amounts) for row in rows)]
    full = [text.startswith("100") for text in rates[: len(rows)]]
    of_rates = (what for what in bases if [row.gap(what, _ARRIVED) <= 0 for row in rows] == full)
    base = next(of_rates, bases[0] if bases else "")
    return [_Project(row.name, {**row.amounts, _DUE: row.amounts[base]}) for row in rows] if base else rows


def _amount(report: Report, cell: Cell) -> Fact | None:
    fact = number_of(report, cell)
    return fact if fact is not None and fact.kind is FactKind.MONEY else None


def _counted(
    report: Report, sentence: Sentence, match: re.Match[str], state: _State, known: Sequence[list[_Project]]
) -> Iterator[Result]:
    at = sentence.start + match.start("count")
    facts = report.facts_within(sentence.place, at, at + 1)
    count = 2 if match["count"] == "两" else numeral(match["count"])
    audited = [
        _as_audited(rows) for rows in known if _CONTRACT in state.needs and any(_AUDITED in row.amounts for row in rows)
    ]
    those = [[row for row in rows if state.holds(row.gap(*state.needs))] for rows in (*audited, *known)]
    named = _named(sentence, match, known)
    if count in map(len, those) or (named and count == len(named)):
        yield from (agrees(*facts) for _ in facts[:1])
    elif all(count <= len(rows) for rows in known) and not _is_of_some(sentence, match, known):
        right = " 或 ".join(str(len(rows)) for rows in those)
        names = "、".join(row.name for row in those[0][:5])
        message = f"写{match['count']}个项目“{match['words']}”，按表是{right}个" + (f"（{names}）" if names else "")
        yield doubtful(sentence.place, match["count"], right, message, facts=facts, confidence=80)
    yield from _names_and_gaps(sentence, match, state, named)


def _as_audited(rows: Sequence[_Project]) -> list[_Project]:
    """The rows with what is due under the contract after its audit, where there was one."""
    return [
        _Project(row.name, {**row.amounts, _CONTRACT: row.amounts.get(_AUDITED, row.amounts[_CONTRACT])})
        for row in rows
    ]


def _is_of_some(sentence: Sentence, match: re.Match[str], known: Sequence[list[_Project]]) -> bool:
    """Whether the words speak of a part of the table's projects: 新建的5个项目, 2023年的项目中."""
    before = sentence.text[: match.start()]
    kind = match[0][len(match["count"]) : match.start("words") - match.start()]
    whole = {str(len(rows)) for rows in known}
    some = re.search(r"([0-9]+)?个?[^，。；0-9]*中[，,、：]?[^，。；]{0,8}$", before)
    return kind != "个项目" or bool(re.search(r"的(?:其余|其他)?$", before)) or bool(some and some[1] not in whole)


def _named(sentence: Sentence, match: re.Match[str], known: Sequence[list[_Project]]) -> list[_Project]:
    """The projects whose names stand in a row right before the number."""
    before = squeeze(re.split("[，。；：]", sentence.text[: match.start()])[-1]).removesuffix("等")
    items = [label_of(item) for item in re.split("、|和|以及|及", before) if item]
    rows = {row.name: row for row in known[0]}
    return [rows[item] for item in items] if items and all(item in rows for item in items) else []


def _names_and_gaps(
    sentence: Sentence, match: re.Match[str], state: _State, named: Sequence[_Project]
) -> Iterator[Result]:
    for row in named:
        gap = row.gap(*state.needs)
        first, second = (row.amounts[what] for what in state.needs)
        if not state.holds(gap):
            message = (
                f"写“{row.name}”{match['words']}，表中{state.needs[0]}{said(first)}、{state.needs[1]}{said(second)}"
            )
            places: tuple[Place, ...] = (first.place, second.place)
            yield differs(sentence.place, row.name, "", message, related=places, confidence=85)
    money = [
        fact for fact in sentence.facts if fact.kind is FactKind.MONEY and fact.start >= sentence.start + match.end()
    ]
    told_of = money[: len(named)]
    between = sentence.text[match.end() : told_of[0].start - sentence.start] if told_of else ""
    if len(told_of) < max(1, len(named)) or not re.fullmatch(
        r"[，,]?(?:分别)?(?:还)?(?:尚?[差缺少欠余]|未付|未到位|未支付|尾款)(?:款|资金|金额)?(?:为)?", between
    ):
        return
    for row, fact in zip(named, told_of, strict=True):
        trial = apart(*(row.amounts[what] for what in state.needs))
        if fact.meets(trial.low, trial.high):
            yield agrees(fact, *trial.facts)
        else:
            yield told(fact, trial, f"“{row.name}”写", differs)


_OPEN = Pattern(
    r"(?P<what>(?:尚)?未支?付|待支?付|(?:尚)?未到位)的?(?:合同)?(?:款|资金|金额|款项|尾款)*(?:合计|共计?|总额|总计)?(?:为|达)?$"
)


@rule(
    "project.open",
    group=Group.SUMS,
    yields=Yields.ELSEWHERE,
    title="未付、未到位的总额等于表中合计之差",
    good=(f"{_TABLE}\n\n未付合同款合计24.00万元，未到位资金10.00万元。甲平台项目尚有10.00万元未支付。",),
    bad=(
        f"{_TABLE}\n\n甲平台项目支付比例最低，尚有12.00万元未支付。",
        f"{_TABLE}\n\n未付合同款合计14.00万元。",
        f"{_TABLE}\n\n未到位资金共12.00万元。",
    ),
)
def open_amounts(report: Report) -> Iterator[Result]:
    """未付合同款合计: all that is due less all that was paid, or has arrived; of one project where it is named."""
    tables = [rows for table in report.document.tables if (rows := _projects(report, table))]
    for spot in spots(report) if tables else ():
        match = _open(spot) if spot.fact.kind is FactKind.MONEY and spot.fact.value else None
        if match is None or _SETTLED.search(report.texts[spot.fact.place], 0, spot.fact.start):
            continue
        other = _ARRIVED if "到位" in match[0] else _PAID
        base = _CONTRACT if other == _PAID else _DUE
        known = [rows for rows in tables if all({base, other} <= set(row.amounts) for row in rows)]
        words = squeeze(spot.lead if match.re is _OPEN.compiled else re.split("[；。]", spot.sentence)[-1])
        named = [[row for row in rows if row.name in words] for rows in known]
        if any(len(rows) > 1 for rows in named) or (any(named) != (match.re is _STILL.compiled)):
            continue  # of several projects, or of one where all are meant
        trials = [_open_of(rows, base, other) for rows in (named if any(named) else known) if rows]
        fitting = next((trial for trial in trials if spot.fact.meets(trial.low, trial.high)), None)
        if fitting is not None:
            yield agrees(spot.fact, *fitting.facts)
        elif len(trials) == 1:
            yield told(spot.fact, trials[0], "未到位写" if other == _ARRIVED else "未付写", doubtful)


_SETTLED = Pattern("审定|决算|结算")
"""What is left of an amount that was settled is not reckoned from the contract."""


def _open(spot: Spot) -> re.Match[str] | None:
    """未付合同款 before the number, or 尚有 before and 未支付 behind it."""
    return _OPEN.search(spot.clause) or (_STILL.match(spot.tail) if re.search("[仍尚还]有$", spot.clause) else None)


_STILL = Pattern(r"(?:合同款|尾款|余款|资金)?(?:尚?未支?付|待支?付|尚?未到位|没有支付)")


def _open_of(rows: Sequence[_Project], base: str, other: str) -> Trial:
    due, done = (summed([row.amounts[what] for row in rows]) for what in (base, other))
    low, high = due.low - done.high, due.high - done.low
    facts = (*due.facts, *done.facts)
    words = f"{base}合计{plain(due.due / _TEN_THOUSAND)}万元-{other}合计{plain(done.due / _TEN_THOUSAND)}万元"
    return Trial(low, high, due.due - done.due, facts, words)


_TEN_THOUSAND = Decimal(10_000)
