"""Names that stand in cells and quotations again and again, and once with a character changed, dropped or twice."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.document import Place
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_PIECE = Pattern(r"[^\s“”‘’（）()《》、，。；：:;,=＝÷×/0-9.%％≥≤<>—–-]{4,40}")
_QUOTED = Pattern(r"“([^“”]{4,40})”")
_NUMERAL = frozenset(
    "一二三四五六七八九十前后上下左右年月日甲乙丙丁东西南北高低大中小优良差新旧内外有无不未多少好较晚早快慢新旧"
)
_USUAL, _LONG, _LONGER = 3, 5, 8
_VERBS = Pattern("[的了为在与和及或等]")


@rule(
    "name.near",
    group=Group.NAMES,
    title="名称没有错一字、漏一字、重一字",
    good=(
        "指标\t得分\n系统可用率\t2\n“系统可用率”失0.5分，“系统可用率”最低。一级指标、二级指标。\n\n指标\t分值\n系统可用率\t2\n系统利用情况\t3",
    ),
    bad=(
        "指标\t得分\n系统可用率\t2\n“系统可用率”失0.5分，“系统可用率”最低，失分的还有“系可用率”。\n\n指标\t分值\n系统可用率\t2",
        "指标\t得分\n系统可用率\t2\n“系统可用率”失0.5分，“系统可用率”最低。\n\n指标\t分值\n系统可率用\t2",
        "最低的是“智慧调服查务系统”。\n项目\t得分\n智慧调查服务系统\t49.5\n城管平台\t90",
    ),
)
def near(report: Report) -> Iterator[Result]:
    """A piece of text that stands once and is one change away from a name that stands again and again."""
    pieces: Counter[str] = Counter()
    first: dict[str, Place] = {}
    names: Counter[str] = Counter()
    for place, text in report.document.texts(4):
        found = [match[0] for match in _PIECE.finditer(text)]
        pieces.update(found)
        for piece in found:
            first.setdefault(piece, place)
        names.update(found[:1] if place.table and found and len(found[0]) >= len(text.strip()) - 3 else ())
        names.update(name for match in _QUOTED.finditer(text) for name in _PIECE.findall(match[1]))
    yield from _turned(first, pieces, names)
    known = [piece for piece, count in pieces.items() if count > 1 and names[piece] > 1]
    by_sign: dict[str, list[str]] = defaultdict(list)
    for name in known:
        for sign in _signs(name):
            by_sign[sign].append(name)
    for piece, count in pieces.items():
        if count == 1:
            yield from _of_piece(piece, first[piece], by_sign, pieces)


def _turned(first: dict[str, Place], pieces: Counter[str], names: Counter[str]) -> Iterator[Result]:
    """Two names told once, or one told once and another often, that differ in the order or doubling of characters."""
    for piece, count in pieces.items():
        if count > 1:
            continue
        for other in _turns(piece):
            usual = pieces[other] >= _USUAL
            once = pieces[other] == 1 and names[piece] and names[other]
            if (usual or once) and (usual or len(other) < len(piece) or first[other] < first[piece]):
                message = f"“{piece}”在别处写作“{other}”，两处只有字序或一个重复的字不同，请核对"
                yield doubtful(first[piece], piece, other, message, related=(first[other],))


def _turns(text: str) -> Iterator[str]:
    """The text with two neighbours exchanged, and without one of two equal ones."""
    for at in range(len(text) - 1):
        one, other = text[at], text[at + 1]
        yield text[:at] + (one if one == other else other + one) + text[at + 2 :]


def _signs(text: str) -> set[str]:
    """The text, and the text without each of its characters: what two texts one change apart share."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)))}


def _of_piece(piece: str, place: Place, by_sign: dict[str, list[str]], pieces: Counter[str]) -> Iterator[Result]:
    near = {name for sign in _signs(piece) for name in by_sign.get(sign, ()) if name != piece}
    for name in sorted(near, key=lambda each: (Levenshtein.distance(piece, each), each))[:1]:
        if _is_slip(piece, name) and (pieces[name] >= _USUAL or _is_of_the_same(piece, name)):
            message = f"“{piece}”与多处出现的“{name}”只差一两个字，请核对"
            yield doubtful(place, piece, name, message)


def _is_slip(piece: str, name: str) -> bool:
    """One character changed, dropped, twice, or two exchanged; no other number, side or degree."""
    if len(piece) == len(name):
        spots = [at for at in range(len(name)) if piece[at] != name[at]]
        exchanged = len(spots) == _TWO and Counter(piece) == Counter(name)
        changed = len(spots) == 1 and len(name) >= _LONG and not {piece[spots[0]], name[spots[0]]} & _NUMERAL
        return exchanged or (changed and not _VERBS.search(piece[spots[0]] + name[spots[0]]))
    longer, shorter = (piece, name) if len(piece) > len(name) else (name, piece)
    ends = longer.startswith(shorter) or longer.endswith(shorter)
    extra = next((longer[at] for at in range(len(longer)) if longer[:at] + longer[at + 1 :] == shorter), "")
    twice = any(
        longer[at] == longer[at + 1] and longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer) - 1)
    )
    usual = len(name) >= (_LONG if len(name) > len(piece) else _LONGER)  # 合同总金额 is no slip of 合同金额
    return bool(extra) and extra not in _NUMERAL and not _VERBS.search(extra) and (twice or (usual and not ends))


def _is_of_the_same(piece: str, name: str) -> bool:
    """Whether no other character came in: two exchanged, or one twice."""
    return set(piece) == set(name) and len(piece) >= len(name)


_TWO = 2
