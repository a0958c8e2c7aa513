"""5个项目审计核减共493.15万元，最多367.73万元: the same statement in two places, one number of which differs."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.proof.scope import title_before
from toolkit.text.patterns import Pattern

_PIECE = Pattern(r"[^。；：\n]+")
_COUNTED = Pattern(r"^[\u4e00-\u9fff]{0,6}[0-9]{1,4}(?:个(?!要点)|家|项|名|处|起|条)")
_NUMBER = Pattern(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_REMARK = Pattern(r"[（(][^（）()]*[)）]")
_CHARACTERS = Pattern("[\u4e00-\u9fff]")
_LEAST, _TWO = 8, 2
_GOOD = (
    "资金。5个项目审计核减共493.15万元，最多367.73万元；适用的30个项目中7个未通过评估。\n甲区12个项目已经验收，共8家单位。\n\n"
    "序号\t事项\n1\t5个项目审计核减共493.15万元，最多367.73万元：细化清单。\n2\t适用的30个项目中7个未通过评估：列入计划。\n3\t乙区6个项目已经验收，共9家单位。\n"
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A statement: where it stands, its numbers in order, the title right before it."""

    place: Place
    numbers: tuple[str, ...]
    title: str = ""


@rule(
    "same.statement",
    group=Group.SAME_FACT,
    title="两处写的同一件事，各个数都相同",
    good=(
        _GOOD,
        "1. 预算执行率。3个项目没有得满分，共失6.00分。\n2. 满意度。3个项目没有得满分，共失3.00分。",
        # of an indicator each
        "指标\t说明\n依据\t3个要点全部符合，得2.00分。\n\n\n指标\t说明\n制度\t2个要点全部符合，得2.00分。\n",
    ),
    bad=(
        _GOOD.replace("核减共493.15万元，最多367.73万元：", "核减共439.15万元，最多367.73万元："),
        _GOOD.replace("30个项目中7个未通过评估：", "30个项目中1个未通过评估："),
    ),
)
def statements(report: Report) -> Iterator[Result]:
    """Statements that count something and hold two numbers or more, in different paragraphs or tables, alike but for one."""
    found: dict[str, list[_Told]] = defaultdict(list)
    for place, text in report.document.texts_with(_PIECE, least=_LEAST):
        for piece in _PIECE.finditer(text):
            words = _REMARK.sub("", piece[0]).replace(" ", "").strip()
            numbers = tuple(_NUMBER.findall(words))
            if len(numbers) >= _TWO and _COUNTED.match(words) and len(_CHARACTERS.findall(words)) >= _LEAST:
                found[_NUMBER.sub("□", words)].append(_Told(place, numbers, _title(text[: piece.start()])))
    for frame, told in found.items():
        yield from _odd(frame, told)


_ITEM = Pattern(r"[0-9]{1,2}[.．、]\s*(?P<title>[\u4e00-\u9fff]{2,12})")


def _title(before: str) -> str:
    """What a paragraph is about: its title, or the words behind its number (2.资金管理方面5个问题)."""
    match = _ITEM.match(before)
    return title_before(before) or (match["title"] if match else "")


def _odd(frame: str, told: Sequence[_Told]) -> Iterator[Result]:
    times = Counter(item.numbers for item in told)
    blocks = {(item.place.table, item.place.block) for item in told}
    titles = {item.title for item in told}
    if len(times) != _TWO or len(blocks) != len(told) or (len(titles) > 1 and "" not in titles):
        return  # under titles of their own they tell of different things
    (usual, many), (odd, few) = times.most_common()
    differing = [at for at, (one, other) in enumerate(zip(usual, odd, strict=True)) if one != other]
    if few > 1 or len(differing) > 1:
        return
    place = next(item.place for item in reversed(told) if item.numbers == odd)
    related = tuple(item.place for item in told if item.numbers == usual)
    wrong, right = odd[differing[0]], usual[differing[0]]
    message = f"“{frame[:24]}”在此处写{wrong}，另{many}处写{right}，其余的数都相同"
    yield doubtful(place, wrong, right, message, related=related, confidence=80)
