"""What a line is by its looks: a heading by its numbering, a caption, where no style says so."""

from toolkit.text.patterns import Pattern

_NUMBERED = (
    Pattern(r"第[一二三四五六七八九十百]+[章部分]+[\s、.．]*\S|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}、\S"),
    Pattern(r"[（(][一二三四五六七八九十]{1,3}[）)]\S|第[一二三四五六七八九十百]+节[\s、.．]*\S"),
    Pattern(r"[0-9]{1,2}[.．、](?![0-9](?![0-9]{3}年|[0-9]*个))\s*\S"),
    Pattern(r"[（(][0-9]{1,2}[）)]\S"),
)
_DECIMAL = Pattern(r"[0-9]{1,2}(?:\.[0-9]{1,2}){0,3}\s+(?=[\u4e00-\u9fff“《])(?!个|年|月|日|万|亿|元)")
_WITH_MARK = Pattern(r"[（(][0-9.]+分[）)]$")
_CAPTION = Pattern(
    r"\s*(?:续?表|图|附表|附图)\s*[0-9一二三四五六七八九十]{1,3}(?:[-－.][0-9]{1,2})?(?:[\s:：、.．　]|(?=[^0-9\s]))"
)
_CONTENTS = Pattern(r"(?:…|[.·．]{3,})\s*[0-9]{1,3}$")
_ENDS = "。；;，,、"
_LONGEST = 40


def numbered_level(text: str) -> int:
    """1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 2 for 4.3, where the line looks like a heading; 0 for text."""
    line = text.strip()
    longest = 3 * _LONGEST if _WITH_MARK.search(line) else _LONGEST
    if not line or _CONTENTS.search(line) or len(line) > longest or line[-1] in _ENDS or "。" in line:
        return 0
    if decimal := _DECIMAL.match(line):
        return decimal[0].count(".") + 1
    return next((level for level, pattern in enumerate(_NUMBERED, 1) if pattern.match(line)), 0)


def is_contents_line(text: str) -> bool:
    """Whether a line is one of the contents page: a title, dots, a page."""
    return _CONTENTS.search(text) is not None


def is_caption(text: str) -> bool:
    """Whether a line names a table or a picture: ``表1 …``, ``附表2：…``."""
    return len(text) <= 2 * _LONGEST and text.rstrip()[-1:] not in _ENDS and _CAPTION.match(text) is not None
