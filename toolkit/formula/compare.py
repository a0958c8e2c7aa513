"""Two formulas side by side: the same, the same in another spelling, a constant instead, or different and where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from toolkit.formula.normalize import folded, is_constant, normalized
from toolkit.formula.parser import parse
from toolkit.formula.spell import spell
from toolkit.formula.tokens import FormulaSyntaxError
from toolkit.formula.tree import Binary, Call, Node, Unary

_SHOWN = 3  # differences told in words; more of them make nobody wiser


class Verdict(StrEnum):
    """What a comparison found."""

    IDENTICAL = "identical"
    EQUIVALENT = "equivalent"
    CONSTANT = "constant"
    DIFFERENT = "different"

    @property
    def is_same(self) -> bool:
        """Whether both formulas always come to the same."""
        return self in (Verdict.IDENTICAL, Verdict.EQUIVALENT)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two formulas differ; ``role`` is the place in Chinese (分母), the others are formula text."""

    role: str
    expected: str
    actual: str

    @property
    def words(self) -> str:
        """The difference as a clause: 分母应为 实际到位资金，现为 预算资金."""
        return f"{self.role}应为 {self.expected or '空'}，现为 {self.actual or '空'}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on two formulas, in words for the user."""

    verdict: Verdict
    words: str
    differences: tuple[Difference, ...] = ()


def compare(a: str, b: str, *, shift: tuple[int, int] = (0, 0)) -> Comparison:
    """Compare the formula that should be there (``a``) with the one that is (``b``).

    Args:
        a: the expected formula.
        b: the formula found; when it cannot be read the verdict is DIFFERENT and the words say why.
        shift: rows and columns from the place ``a`` was written for to the place of ``b``; relative references of
            ``a`` move along, as if it had been copied there.

    Raises:
        FormulaSyntaxError: the expected formula cannot be read.
    """
    expected = normalized(parse(a).tree, shift)
    if _bare(a) == _bare(b) and shift == (0, 0):
        return Comparison(Verdict.IDENTICAL, "公式一致")
    try:
        actual = normalized(parse(b).tree)
    except FormulaSyntaxError as error:
        found = f"现有内容读不懂（{error.message}）" if _bare(b) else "现为空白"
        return Comparison(Verdict.DIFFERENT, f"应为公式 ={spell(expected)}，{found}")
    if folded(expected) == folded(actual):
        return Comparison(Verdict.EQUIVALENT, "公式等价，只是写法不同")
    if is_constant(actual) and not is_constant(expected):
        words = f"应为公式 ={spell(expected)}，现为固定值 {spell(actual)}"
        return Comparison(Verdict.CONSTANT, words, (Difference("公式", spell(expected), spell(actual)),))
    places = tuple(_differences("公式", expected, actual))
    shown = "；".join(difference.words for difference in places[:_SHOWN])
    return Comparison(Verdict.DIFFERENT, f"{shown}{f'；等 {len(places)} 处' if len(places) > _SHOWN else ''}", places)


def _bare(text: str) -> str:
    return text.strip().removeprefix("=")


def _differences(role: str, a: Node, b: Node) -> Iterator[Difference]:
    if folded(a) == folded(b):
        return
    match a, b:
        case Binary(), Binary():
            yield from _between_operators(role, a, b)
        case Call(), Call() if a.function == b.function and len(a.arguments) == len(b.arguments):
            for at, (left, right) in enumerate(zip(a.arguments, b.arguments, strict=True)):
                yield from _differences(_argument_role(a, at), left, right)
        case Call(), Call() if folded(Call("", a.arguments)) == folded(Call("", b.arguments)):
            yield Difference("函数", a.function, b.function)
        case Unary(sign, left), Unary(other, right) if sign == other:
            yield from _differences(role, left, right)
        case _:
            yield Difference(role, spell(a), spell(b))


def _between_operators(role: str, a: Binary, b: Binary) -> Iterator[Difference]:
    if a.operator == b.operator:
        left, right = _OPERAND_ROLES.get(a.operator, ("比较的左边", "比较的右边"))
        yield from _differences(_operand_role(left, a.left), a.left, b.left)
        yield from _differences(right, a.right, b.right)
    elif (folded(a.left), folded(a.right)) == (folded(b.left), folded(b.right)):
        yield Difference("运算符" if a.operator in _OPERAND_ROLES else "比较符", a.operator, b.operator)
    else:
        yield Difference(role, spell(a), spell(b))


def _operand_role(role: str, node: Node) -> str:
    """In a chain such as a+b+c the left operand is itself a sum; its parts are named when it is entered."""
    return role if not isinstance(node, Binary) else f"{role}部分"


def _argument_role(call: Call, at: int) -> str:
    roles = _ARGUMENT_ROLES.get(call.function, ())
    name = roles[at] if at < len(roles) else f"第 {at + 1} 个参数"
    return f"{call.function} 的{name}"


_OPERAND_ROLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "/": ("分子", "分母"),
        "*": ("被乘数", "乘数"),
        "-": ("被减数", "减数"),
        "+": ("加号前的项", "加号后的项"),
        "^": ("底数", "指数"),
        "&": ("连接的前一段", "连接的后一段"),
    }
)

_ARGUMENT_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "IF": ("条件", "条件成立时的值", "条件不成立时的值"),
        "IFERROR": ("正常值", "出错时的值"),
        "IFNA": ("正常值", "查不到时的值"),
        "ROUND": ("数值", "保留位数"),
        "ROUNDUP": ("数值", "保留位数"),
        "ROUNDDOWN": ("数值", "保留位数"),
        "SUMIF": ("条件区域", "条件", "求和区域"),
        "COUNTIF": ("条件区域", "条件"),
        "VLOOKUP": ("查找值", "查找区域", "列序号", "匹配方式"),
        "DATEDIF": ("开始日期", "结束日期", "单位"),
        "TEXT": ("数值", "格式"),
    }
)
