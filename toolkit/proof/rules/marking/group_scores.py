"""What prose says of a first-level indicator, against the sums of the rows that a table has of it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.document import Table
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.lines import bare, is_whole, number_of
from toolkit.proof.report import Report, Sentence
from toolkit.proof.trials import Trial, slipped, told
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_TREE = "一级指标\t二级指标\t分值\t得分\n决策\t立项\t8\t8.0\n\t目标\t6\t5.0\n过程\t资金\t15\t13.3\n\t实施\t12\t9.5\n合计\t\t41\t35.8\n"
_FLAT = "维度\t指标\t权重\t平均得分\t得分率\n决策\t立项\t8\t8.00\t100.00%\n决策\t目标\t6\t5.00\t83.33%\n过程\t资金\t15\t13.30\t88.67%\n过程\t实施\t12\t9.50\t79.17%\n"
_WHAT = r"(?P<what>(?:满分|分值|权重|标准分|得分率|得分?|评分|扣分?|失分?|丢分?)(?:为|是|达到?|仅)*|[（(])?"
_BEHIND = Pattern(rf"(?:类|方面|部分|维度|阶段|环节)?(?:指标|情况)?(?:综合|平均|实际|共|合计)?{_WHAT}")
_NEXT = Pattern(rf"[）)]?(?:[，,、（(]|，其中)?(?:综合|平均|实际|共|合计)?{_WHAT}")
_ALONE = r"(?:(?<![\u4e00-\u9fff])|(?<=其中)|(?<=[和与及是为])|(?<=项目)|(?<=指标))"
"""社会效益 is not 效益."""
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class _Summed:
    """The marks of a group: of full mark and score every row's, in the order of the table."""

    full: tuple[Fact, ...]
    won: tuple[Fact, ...]


@rule(
    "score.groups",
    group=Group.SUMS,
    title="正文写的一级指标的分值、得分、扣分和得分率等于表中各项合在一起",
    good=(
        f"决策13.0分（满分14分）、过程22.8分（满分27分）。\n{_TREE}",
        f"决策类平均得13.00分，得分率92.86%，过程类平均得22.80分，得分率84.44%，过程共扣4.20分。\n得分率最低的是实施（79.17%），共失2.50分。\n{_FLAT}",
        f"决策14分、过程27分。\n甲系统决策12.9分、过程22.9分。\n{_FLAT}\n\n项目\t决策（14分）\t过程\n甲系统\t12.9\t22.9\n乙系统\t13.1\t22.7\n",
    ),
    bad=(
        f"决策15.0分（满分14分）、过程22.8分（满分27分）。\n{_TREE}",
        f"决策13.0分（满分14分）、过程22.8分（满分25分）。\n{_TREE}",
        f"决策类平均得13.00分，得分率92.86%，过程类平均得28.20分，得分率84.44%。\n{_FLAT}",
        f"决策类平均得13.00分，得分率92.86%，过程类平均得22.80分，得分率79.17%。\n{_FLAT}",
        f"得分率最低的是实施（79.17%），共失2.05分。\n{_FLAT}",
    ),
)
def groups(report: Report) -> Iterator[Result]:
    """决策16.5分（满分18分）, and 决策类平均得16.5分，得分率91.67%: each number by the words between the name and it."""
    known: dict[str, list[_Summed]] = {}
    for table in report.document.tables:
        for name, marks in _marked(report, table).items():
            known.setdefault(name, []).append(marks)
    longest = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    names = Pattern(f"{_ALONE}(?:{longest})") if known else None
    single = _single(report, known) if known else {}
    for sentence in report.prose if names else ():
        found = list(names.finditer(sentence.text)) if names else []
        for at, match in enumerate(found):
            stop = found[at + 1].start() if at + 1 < len(found) else len(sentence.text)
            yield from _of_name(sentence, match, stop, known[match[0]], single.get(match[0], {}))


def _marked(report: Report, table: Table) -> Mapping[str, _Summed]:
    """Name → the marks of its rows, where full mark and score have a column each: of groups, and of each finer name."""
    heads = [bare(heading) for heading in table.headings]
    full = next((at for at, head in enumerate(heads) if re.fullmatch("分值|权重|满分|标准分", head)), None)
    won = next((at for at, head in enumerate(heads) if re.fullmatch("(?:评价|平均|实际|综合)?得分", head)), None)
    if full is None or won is None or min(full, won) < _FEWEST:
        return {}
    found: dict[str, list[tuple[Fact, Fact]]] = {}
    above: list[str] = [""] * min(full, won)
    for row in table.rows[table.head :]:
        fresh = False
        for at in range(min(full, won)):
            fresh = fresh or bool(row[at].label)
            above[at] = row[at].label if fresh else above[at]
        group = above[0]
        pair = number_of(report, row[full]), number_of(report, row[won])
        finer = [cell.label for cell in row[1 : min(full, won)] if cell.text.strip() and not cell.is_numeric]
        whole = any(is_whole(cell.label) or "小计" in cell.label for cell in row[:full])
        if group and finer and not whole and pair[0] is not None and pair[1] is not None:
            for name in {group, finer[-1], *above[1:-1]} - {""}:
                found.setdefault(name, []).append((pair[0], pair[1]))
    return {
        name: _Summed(tuple(full for full, _ in pairs), tuple(won for _, won in pairs))
        for name, pairs in found.items()
        if len(name) > 1
    }


def _single(report: Report, names: Collection[str]) -> Mapping[str, Mapping[Decimal, Fact]]:
    """Name → the marks that a table has of each project in a column headed by it: prose may speak of one project."""
    found: dict[str, dict[Decimal, Fact]] = {}
    for table in report.document.tables:
        for column, heading in enumerate(map(bare, table.headings)):
            if heading.removesuffix("得分") in names:
                numbers = [number_of(report, cell) for cell in table.column(column)]
                of_name = found.setdefault(heading.removesuffix("得分"), {})
                of_name.update({fact.base: fact for fact in numbers if fact is not None})
    return found


def _of_name(
    sentence: Sentence, match: re.Match[str], stop: int, known: Sequence[_Summed], single: Mapping[Decimal, Fact]
) -> Iterator[Result]:
    """The numbers behind a group's name, as long as nothing stands between but words that say what they measure."""
    at = match.end()
    facts = [fact for fact in sentence.facts if at <= fact.start - sentence.start < stop]
    for number, fact in enumerate(facts):
        words = sentence.text[at : fact.start - sentence.start]
        at = fact.end - sentence.start
        measured = (_BEHIND if number == 0 else _NEXT).fullmatch(words)
        if measured is None or not fact.exact or fact.kind not in (FactKind.SCORE, FactKind.PERCENT):
            return
        trials = [trial for marks in known for trial in _due(fact, measured["what"] or "", marks)]
        fitting = next((trial for trial in trials if fact.meets(trial.low, trial.high)), None)
        if fitting is not None:
            yield agrees(fact, *fitting.facts)
            continue
        if fact.kind is FactKind.SCORE and fact.base in single and (measured["what"] or "得")[0] == "得":
            yield agrees(fact, single[fact.base])
            continue
        near = next((trial for trial in trials if slipped(fact, trial.due)), None)
        sure = len(trials) == 1 and len(known[0].full) >= _FEWEST and not (single and fact.kind is FactKind.SCORE)
        if near is not None or sure:
            yield told(fact, near or trials[0], f"“{match[0]}”写", differs if sure else doubtful)


def _due(fact: Fact, what: str, marks: _Summed) -> Iterator[Trial]:
    """What the number should be by the words before it: nothing where they leave that open, two ways in brackets."""
    full = sum((each.value or Decimal(0) for each in marks.full), Decimal(0))
    won = sum((each.value or Decimal(0) for each in marks.won), Decimal(0))
    if fact.kind is FactKind.PERCENT:
        if what.startswith("得分率") and full:
            off = sum((each.step for each in marks.won if each.step < 1), Decimal(0)) / 2
            facts = (*marks.won, *marks.full)
            yield Trial((won - off) / full, (won + off) / full, won / full, facts, f"{plain(won)}÷{plain(full)}")
        return
    if what[:1] in ("", "满", "权", "标", "（", "(") or what.startswith("分值"):
        yield Trial(full, full, full, marks.full, "+".join(map(said, marks.full)))
    if what[:1] in ("扣", "失", "丢"):
        yield Trial(full - won, full - won, full - won, (*marks.full, *marks.won), f"{plain(full)}-{plain(won)}")
    if what[:1] in ("", "得", "评", "（", "("):
        yield Trial(won, won, won, marks.won, "+".join(map(said, marks.won)))
