"""How many are in a state, told several times: 未量化的4个, 有4个未量化, 将4个未量化指标补充量化."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.facts import Fact, FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.scope import named_by, title_before
from toolkit.text.patterns import Pattern

_STATE = r"(?:(?:未|没有|无)(?!全部|完全|按|及时|如期|足额|达到|发现|进行|开展)[\u4e00-\u9fff]{2}|漏[\u4e00-\u9fff]|逾期|超期|超标|重复|虚报|闲置|空置|缺失)"
_BEHIND = Pattern(rf"^(?:[\u4e00-\u9fff]{{0,6}}?)(?P<state>{_STATE})")
_BEFORE = Pattern(rf"(?P<state>{_STATE})的?(?:有|为)?$")
_PARTS = Pattern(
    r"[0-9]+[个项家份条处][\u4e00-\u9fff]{0,8}中[，,]?[^，。；0-9]{0,6}[0-9]+[个项家份条处][、，][^，。；0-9]{0,6}$"
)
_OFTEN = 2


@rule(
    "same.state",
    group=Group.SAME_FACT,
    title="未完成、未落实的个数前后一致",
    good=(
        "指标18个，未量化的4个。问题：18个指标中有4个未量化。建议：将4个未量化指标补充量化。",
        "县\t计划\t开工\n云山县\t58\t47\n临水县\t41\t37\n合计\t99\t84\n项目未开工15个；其中云山县未开工11个。对未开工的15个项目按月调度。",
        "1. 预算执行率。2个项目没有得满。\n2. 到位达标。1个项目没有得满。\n3. 终验时限。1个项目没有得满。",
        "全省15个项目未完成。对15个未完成的项目按月调度。注：甲市26个项目中完成20个、未完成6个。",
    ),
    bad=("指标18个，未量化的4个。问题：18个指标中有5个未量化。建议：将4个未量化指标补充量化。",),
)
def states(report: Report) -> Iterator[Result]:
    """Of one state and unit one number deviates where the others all agree."""
    texts = report.texts
    told: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.kind is FactKind.COUNT and fact.exact and fact.unit and fact.value and not fact.place.table:
            text = texts[fact.place]
            if _PARTS.search(text[: fact.start]):
                continue  # 26个项目中完成20个、未完成6个: of the total its own sentence gives
            if named_by(report, fact) or title_before(text[: fact.start]):
                continue
            match = _BEHIND.match(text[fact.end : fact.end + 10]) or _BEFORE.search(text[: fact.start][-10:])
            if match:
                told[match["state"], fact.unit].append(fact)
    for (state, _), facts in told.items():
        values = Counter(fact.base for fact in facts)
        (usual, times), *others = values.most_common()
        right = next(fact for fact in facts if fact.base == usual)
        once = [fact for fact in facts if values[fact.base] == 1]
        once = [fact for fact in once if len(others) == 1 or sorted(fact.text) == sorted(right.text)]
        if len(once) == 1 and times >= _OFTEN:
            fact = once[0]
            message = f"“{state}”此处写{said(fact)}，另{times}处写{said(right)}"
            yield doubtful(fact.place, said(fact), said(right), message, facts=(fact,), related=(right.place,))
