"""年初13,052人，当年新增1,286人、退出1,560人，年末12,778人: what there was, what came, what went, what is left."""

import re
from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, Yields, agrees, differs, rule
from toolkit.proof.facts import Fact, said
from toolkit.proof.report import Report
from toolkit.proof.shapes import Shape, shapes_with
from toolkit.proof.trials import slack
from toolkit.proof.units import same_unit
from toolkit.text import plain
from toolkit.text.patterns import Pattern

_N = "[\ue000-\uf7ff]"
_W = "[^,。;:!?、()\\n\ue000-\uf7ff]"
_CAME = "新增|增加|新建|购置|新入|转入|收入|新纳入|举借|发行"
_WENT = "退出|减少|核销|报废|处置|转出|支出|注销|偿还|解除|清退"
_MOVE = f"{_W}{{0,6}}(?:{_CAME}|{_WENT})(?:了)?{_N}"
_FLOW = Pattern(
    f"(?:年|期|月|季)初{_W}{{0,10}}(?P<first>{_N})[,;](?P<moves>{_MOVE}[,、;]{_MOVE}(?:[,、;]{_MOVE})*)[,;]"
    f"(?:至|截至)?(?:年|期|月|季)[末底]{_W}{{0,10}}(?P<last>{_N})"
)
_EACH = Pattern(f"(?P<way>{_CAME}|{_WENT})(?:了)?(?P<fact>{_N})")
_GOOD = "2024年初在保对象13,052人，当年新增1,286人、退出1,560人，年末12,778人，比年初减少274人。"


@rule(
    "sum.flow",
    group=Group.SUMS,
    yields=Yields.HERE,
    title="年末数等于年初数加增加减减少",
    good=(_GOOD,),
    bad=(_GOOD.replace("1,286", "1,268"), _GOOD.replace("12,778", "12,787")),
)
def flows(report: Report) -> Iterator[Result]:
    """What stood at the beginning with all that came and went, against what stands at the end."""
    for shape in shapes_with(report, _FLOW):
        for match in _FLOW.finditer(shape.text):
            yield from _judged(shape, match)


def _judged(shape: Shape, match: re.Match[str]) -> Iterator[Result]:
    first, last = shape.fact(match["first"]), shape.fact(match["last"])
    moves = [(each["way"], shape.fact(each["fact"])) for each in _EACH.finditer(match["moves"])]
    facts: tuple[Fact, ...] = (last, first, *(fact for _, fact in moves))
    if not all(same_unit(fact, last) and fact.exact for fact in facts):
        return
    due = first.base + sum(fact.base if re.fullmatch(_CAME, way) else -fact.base for way, fact in moves)
    if abs(due - last.base) <= slack(facts):
        yield agrees(*facts)
        return
    signs = "".join(f"{'+' if re.fullmatch(_CAME, way) else '-'}{said(fact)}" for way, fact in moves)
    right = f"{plain(due / last.scale)}{last.unit}"
    working = f"{said(first)}{signs}={right}"
    yield differs(
        last.place, said(last), right, f"年末数写{said(last)}，{working}", facts=facts, working=working,
        related=(first.place,), confidence=85,
    )  # fmt: skip
