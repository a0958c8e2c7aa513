"""The numbers of a report in the list of findings: by what each was decided, and why the others were not."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from toolkit.excel.table_sheet import Column, TableSheet
from toolkit.proof.declaration import Result, Verdict
from toolkit.proof.engine import Proof, size
from toolkit.proof.facts import Fact

UNCHECKED, DECIDED = "未核数字", "已核数字"
Rows: TypeAlias = tuple[tuple[str, ...], ...]
FEW = 5
"""For more files at once their decided numbers are not listed one by one: the list stays small."""
_MOST = 5000
_SHOWN = 3
_ORDER = (Verdict.DIFFERS, Verdict.DOUBTFUL, Verdict.AGREES)
_BY_ITSELF = "按规则本身判断（日期、编号、评分规则里的数等）"
_PLACED = (Column("文件", 30), Column("位置", 22), Column("数字", 18), Column("种类", 10))


def decided_rows(proof: Proof, titles: Mapping[str, str]) -> Rows:
    """Place, number, kind, verdict, rule and what it was compared with, of every number that was decided."""
    best: dict[int, Result] = {}
    for result in proof.results:
        for fact in result.facts if result.verdict in _ORDER else ():
            known = best.get(id(fact))
            if known is None or _rank(result) < _rank(known):
                best[id(fact)] = result
    # A rule over a whole table hands back all its numbers at once: they are told apart once, not for every number.
    said_by = {id(said): said for said in best.values()}
    told = {at: Counter(map(_shown, {id(fact): fact for fact in said.facts}.values())) for at, said in said_by.items()}
    rows = ((fact, best[id(fact)]) for fact in proof.checked if id(fact) in best)
    return tuple(_decided(fact, said, titles, told[id(said)]) for fact, said in rows)


def _decided(fact: Fact, said: Result, titles: Mapping[str, str], told: Counter[str]) -> tuple[str, ...]:
    rule = titles.get(said.kind, said.kind)
    against = _against(fact, told) or said.expected or _BY_ITSELF
    return (str(fact.place), fact.text, str(fact.kind), str(said.verdict), rule, against)


def _rank(result: Result) -> tuple[int, bool]:
    """The gravest verdict first, then what compares numbers with one another."""
    return _ORDER.index(result.verdict), len(result.facts) < 2


def _against(fact: Fact, told: Counter[str]) -> str:
    """The first of the other numbers that a result is about, and how many there are; "" for none."""
    own = _shown(fact)
    alone = told[own] == 1
    others = islice((said for said in told if not (alone and said == own)), _SHOWN)
    count = len(told) - alone
    return "；".join(others) + (f"等{count}个数" if count > _SHOWN else "")


def _shown(fact: Fact) -> str:
    return f"{fact.said}（{fact.place}）"


def unchecked_rows(proof: Proof) -> Rows:
    """Place, number, kind, what it is of, and why nothing was compared, of every number that was not decided."""
    told = {
        id(fact): result.message
        for result in proof.results
        if result.verdict is Verdict.UNCHECKED
        for fact in result.facts
    }
    times = Counter(size(fact) for fact in (*proof.checked, *proof.unchecked))
    return tuple(
        (str(fact.place), fact.text, str(fact.kind), fact.subject[:80], told.get(id(fact)) or _why(times[size(fact)]))
        for fact in proof.unchecked
    )


def _why(times: int) -> str:
    return "别处有同样大小的数，看不出是不是同一件事" if times > 1 else "全文只写了这一次，没有可以对照的数"


def number_sheets(unchecked: Iterable[tuple[str, Rows]], decided: Sequence[tuple[str, Rows]]) -> list[TableSheet]:
    """The sheets of both; that of decided numbers only where they were kept."""
    columns = (*_PLACED, Column("所指", 46), Column("没有核对的原因", 34))
    rows = [(name, *row) for name, item in unchecked for row in item]
    hint = "这些数字没有可以比对的另一处，程序没有核对，请人工核对。"
    sheets = [TableSheet(UNCHECKED, "未核数字", columns, rows[:_MOST], hint, filtered=True)]
    known = [(name, *row) for name, item in decided for row in item]
    if known:
        compared = (*_PLACED, Column("结论", 10), Column("核对内容", 34), Column("对照", 60))
        told = f"每个已核的数字是按什么、同哪些数核对的；一次校核超过{FEW}个文件时不逐个列出。"
        sheets.append(TableSheet(DECIDED, "已核数字", compared, known[: _MOST * 2], told, filtered=True))
    return sheets
