"""Arabic digits as Chinese numerals, as the formats [DBNum1] and [DBNum2] write them."""

_PLAIN, _FORMAL = ("〇一二三四五六七八九", "十百千"), ("零壹贰叁肆伍陆柒捌玖", "拾佰仟")
_LARGE = ("", "万", "亿", "万亿")


def chinese_numeral(digits: str, *, formal: bool) -> str:
    """``1023.5`` → 一千〇二十三.五, or 壹仟零贰拾叁.伍; text that is no plain number stays as it is."""
    whole, point, fraction = digits.partition(".")
    if not whole.isdecimal() or len(whole) > 16:
        return digits
    figures, places = _FORMAL if formal else _PLAIN
    behind = "".join(figures[int(digit)] if digit.isdecimal() else digit for digit in fraction)
    return (_whole(whole.lstrip("0"), figures, places) or figures[0]) + point + behind


def chinese_digits(digits: str) -> str:
    """``1023`` → 一〇二三."""
    return "".join(_PLAIN[0][int(digit)] for digit in digits)


def _whole(digits: str, figures: str, places: str) -> str:
    groups = []
    while digits:
        groups.append(digits[-4:])
        digits = digits[:-4]
    text, gap = "", False
    for power in range(len(groups) - 1, -1, -1):
        group = groups[power]
        if not int(group):
            gap = bool(text)
            continue
        if text and (gap or int(group) < 1000):
            text += figures[0]
        text += _four(group, figures, places) + _LARGE[power]
        gap = False
    return text


def _four(group: str, figures: str, places: str) -> str:
    text, gap = "", False
    for at, digit in enumerate(group):
        power = len(group) - 1 - at
        if digit == "0":
            gap = bool(text)
            continue
        text += (figures[0] if gap else "") + figures[int(digit)] + (places[power - 1] if power else "")
        gap = False
    return text
