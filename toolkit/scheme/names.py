"""Whether a word can be a defined name in Excel, WPS and LibreOffice alike."""

import re
import unicodedata

from toolkit.formula.references import address_of
from toolkit.formula.tree import LAST_COLUMN, LAST_ROW

_R1C1 = re.compile(r"(R\d*)?(C\d*)?", re.IGNORECASE)
_LONGEST = 255
_LONGEST_SHEET = 31
_NOT_IN_SHEETS = "[]:*?/\\"


def unusable(name: str) -> str:
    """Why a word cannot be a defined name, in Chinese; "" when it can.

    Source: ECMA-376 part 1, 18.2.5; Microsoft, "Names in formulas".
    """
    if not name:
        return "名称为空"
    if len(name) > _LONGEST:
        return f"名称超过{_LONGEST}个字"
    if name.upper() in {"TRUE", "FALSE"}:
        return "TRUE和FALSE是Excel的保留字"
    wrong = sorted({char for char in name if not _allowed(char)})
    if wrong:
        return f"含有不能用的字符：{'、'.join(_spoken(char) for char in wrong)}"
    if not (name[0].isalpha() or name[0] == "_"):
        return "名称要以汉字、字母或下划线开头"
    if _looks_like_cell(name) or _R1C1.fullmatch(name):
        return f"“{name}”会被Excel当作单元格地址"
    return ""


def unusable_code(code: str) -> str:
    """Why a code cannot end a defined name (``完成值_A101``), in Chinese; "" when it can."""
    return unusable(f"_{code}") if code else "编号为空"


def unusable_sheet(name: str) -> str:
    """Why a word cannot be the name of a sheet, in Chinese; "" when it can.

    Source: Microsoft, "Rename a worksheet".
    """
    if len(name) > _LONGEST_SHEET:
        return f"工作表名最多{_LONGEST_SHEET}个字"
    wrong = sorted({char for char in name if char in _NOT_IN_SHEETS or not char.isprintable()})
    if wrong:
        return f"含有工作表名不能用的字符：{'、'.join(_spoken(char) for char in wrong)}"
    return "工作表名不能以单引号开头或结尾" if name.startswith("'") or name.endswith("'") else ""


def _allowed(char: str) -> bool:
    # circled and superscript digits are alphanumeric to Python, not to Excel
    return char in "_." or (char.isalnum() and unicodedata.category(char) != "No")


def _spoken(char: str) -> str:
    return "空格" if char.isspace() else f"“{char}”"


def _looks_like_cell(name: str) -> bool:
    place = address_of(name.upper())
    return place is not None and place[1] <= LAST_ROW and place[2] <= LAST_COLUMN
