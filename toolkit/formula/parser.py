"""Tokens → tree, with Excel's precedence; also :class:`Formula`, a text that has been read."""

import decimal
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from math import isfinite

from toolkit.formula.references import read_name, read_reference, read_table
from toolkit.formula.tokens import FormulaSyntaxError, Kind, Token, tokenize
from toolkit.formula.tree import (
    BINDING,
    ArrayConstant,
    Binary,
    Call,
    ErrorLiteral,
    Literal,
    Logical,
    Missing,
    Name,
    Node,
    Number,
    Reference,
    Text,
    Unary,
    walk,
)
from toolkit.model.values import ErrorValue

MAX_NESTING = 64  # Excel's limit for functions within functions
MAX_HEIGHT = 200  # longest chain of operators under one another; keeps every walk of a tree far from Python's limit

_SURE_DIGITS = 15  # so many digits always survive as a double
_LITERALS = decimal.Context(prec=34, Emax=308, Emin=-307, traps=[decimal.Overflow])


@dataclass(frozen=True)
class Formula:
    """A formula as written and as understood.

    Attributes:
        text: the text as given.
        tree: the root node.
    """

    text: str
    tree: Node

    @cached_property
    def names(self) -> frozenset[str]:
        """Defined names used, in the spelling of the text."""
        return frozenset(node.name for node in walk(self.tree) if isinstance(node, Name))

    @cached_property
    def cells(self) -> frozenset[Reference]:
        """Cell and area references used."""
        return frozenset(node for node in walk(self.tree) if isinstance(node, Reference))

    @cached_property
    def functions(self) -> frozenset[str]:
        """Functions called, upper case, without the file's ``_xlfn.`` prefix."""
        return frozenset(node.function for node in walk(self.tree) if isinstance(node, Call))


@lru_cache(maxsize=2048)
def parse(text: str) -> Formula:
    """Read a formula, with or without its leading ``=``.

    Raises:
        FormulaSyntaxError: the text is not a formula; message in Chinese, with the position.

    Source: ECMA-376 part 1, 18.17.2; unary minus binds tighter than ``^`` (Excel: ``-2^2`` is 4).
    """
    skipped = 1 if text.startswith("=") else 0
    try:
        tree = _Parser(tokenize(text[skipped:])).whole()
    except FormulaSyntaxError as error:
        if error.position and skipped:
            raise FormulaSyntaxError(error.message, error.position + skipped) from None
        raise
    return Formula(text, tree)


def _leaf(token: Token) -> Node | None:
    """What a word stands for; None for any other token."""
    kind = token.kind
    if kind is Kind.REFERENCE:
        return read_reference(token)
    if kind is Kind.NAME:
        return read_name(token)
    return read_table(token) if kind is Kind.TABLE else None


class _Parser:
    """Recursive descent over the tokens that matter; heights are counted so that nothing grows too deep."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = [token for token in tokens if token.kind is not Kind.SPACE]
        self._ahead: list[Token | None] = [*self._tokens, None]
        self._at = 0
        self._nesting = 0

    def whole(self) -> Node:
        if not self._tokens:
            raise FormulaSyntaxError("公式是空的")
        node, _ = self._expression(1)
        if self._at < len(self._tokens):
            raise self._misplaced()
        return node

    # A node always travels with its height.

    def _expression(self, binding: int) -> tuple[Node, int]:
        left, height = self._prefixed()
        while True:
            token = self._ahead[self._at]
            if token is None or token.kind is not Kind.OPERATOR:
                return left, height
            tightness = BINDING.get(token.text, 0)
            if tightness < binding:
                return left, height
            self._at += 1
            right, right_height = self._expression(tightness + 1)
            left, height = Binary(token.text, left, right), self._higher(token, height, right_height)

    def _prefixed(self) -> tuple[Node, int]:
        token = self._ahead[self._at]
        if token is None or token.kind is not Kind.OPERATOR:
            return self._postfixed()
        signs = []
        while (token := self._peek()) and token.kind is Kind.OPERATOR and token.text in {"-", "+", "@"}:
            signs.append(token)
            self._at += 1
        node, height = self._postfixed()
        for sign in reversed(signs):
            if sign.text != "@":  # the new Excel's mark of what an old formula always did
                node, height = Unary(sign.text, node), self._higher(sign, height)
        return node, height

    def _postfixed(self) -> tuple[Node, int]:
        node, height = self._operand()
        while (token := self._ahead[self._at]) and token.kind is Kind.OPERATOR and token.text == "%":
            self._at += 1
            node, height = Unary("%", node), self._higher(token, height)
        return node, height

    def _operand(self) -> tuple[Node, int]:
        token = self._peek()
        if token is None:
            raise self._misplaced()
        self._at += 1
        kind = token.kind
        if kind is Kind.FUNCTION:
            return self._call(token)
        if kind is Kind.OPEN:
            inside = self._nested(token)
            self._expect(Kind.CLOSE, "右括号")
            return inside
        if kind is Kind.OPEN_ARRAY:
            return self._array(token), 1
        leaf = _leaf(token)
        if leaf is not None:
            return leaf, 1
        self._at -= 1
        return self._literal(), 1

    def _nested(self, token: Token) -> tuple[Node, int]:
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise FormulaSyntaxError(f"括号和函数嵌套超过 {MAX_NESTING} 层", token.position)
        inside = self._expression(1)
        self._nesting -= 1
        return inside

    def _call(self, token: Token) -> tuple[Node, int]:
        opening = self._expect(Kind.OPEN, "左括号")
        arguments: list[Node] = []
        height = 0
        while not self._accept(Kind.CLOSE):
            if arguments or self._at_kind(Kind.COMMA):
                if not arguments:
                    arguments.append(Missing())
                self._expect(Kind.COMMA, "逗号或右括号")
            if self._at_kind(Kind.COMMA) or self._at_kind(Kind.CLOSE):
                arguments.append(Missing())
                continue
            argument, deep = self._nested(opening)
            arguments.append(argument)
            height = max(height, deep)
        return Call(_function_name(token.text), tuple(arguments)), self._higher(token, height)

    def _array(self, opening: Token) -> ArrayConstant:
        rows: list[list[Literal]] = [[]]
        while True:
            rows[-1].append(self._signed_literal())
            if self._accept(Kind.CLOSE_ARRAY):
                break
            if self._accept(Kind.SEMICOLON):
                rows.append([])
            else:
                self._expect(Kind.COMMA, "逗号、分号或右花括号")
        if len({len(row) for row in rows}) != 1:
            raise FormulaSyntaxError("数组常量各行的个数不一样", opening.position)
        return ArrayConstant(tuple(tuple(row) for row in rows))

    def _signed_literal(self) -> Literal:
        token = self._peek()
        if token and token.kind is Kind.OPERATOR and token.text in {"-", "+"}:
            self._at += 1
            number = self._literal()
            if not isinstance(number, Number):
                raise FormulaSyntaxError("数组常量里正负号后面只能是数字", token.position)
            return Number(number.value.copy_negate()) if token.text == "-" else number
        return self._literal()

    def _literal(self) -> Literal:
        token = self._peek()
        if token is None:
            raise self._misplaced()
        self._at += 1
        match token.kind:
            case Kind.NUMBER:
                return Number(_number(token))
            case Kind.TEXT:
                return Text(token.text[1:-1].replace('""', '"'))
            case Kind.ERROR:
                return ErrorLiteral(ErrorValue(token.text.upper()))
            case Kind.NAME if token.text.upper() in {"TRUE", "FALSE"}:
                return Logical(token.text.upper() == "TRUE")
            case _:
                self._at -= 1
                raise self._misplaced()

    def _peek(self) -> Token | None:
        return self._ahead[self._at]

    def _at_kind(self, kind: Kind) -> bool:
        token = self._ahead[self._at]
        return token is not None and token.kind is kind

    def _accept(self, kind: Kind) -> bool:
        token = self._ahead[self._at]
        if token is None or token.kind is not kind:
            return False
        self._at += 1
        return True

    def _expect(self, kind: Kind, what: str) -> Token:
        token = self._peek()
        if token is None:
            raise FormulaSyntaxError(f"公式没有写完，缺少{what}", self._tokens[-1].position)
        if token.kind is not kind:
            raise FormulaSyntaxError(f"“{token.text}”前面缺少{what}", token.position)
        self._at += 1
        return token

    def _misplaced(self) -> FormulaSyntaxError:
        token = self._peek()
        if token is None:
            return FormulaSyntaxError("公式没有写完", self._tokens[-1].position)
        if token.kind is Kind.CLOSE:
            return FormulaSyntaxError("右括号多余，或者它前面少了一项", token.position)
        if token.kind in {Kind.OPERATOR, Kind.COMMA, Kind.SEMICOLON, Kind.CLOSE_ARRAY}:
            return FormulaSyntaxError(f"“{token.text}”不该出现在这里，它前面少了一项", token.position)
        return FormulaSyntaxError(f"“{token.text}”前面缺少运算符", token.position)

    def _higher(self, token: Token, *heights: int) -> int:
        height = max(heights) + 1
        if height > MAX_HEIGHT:
            raise FormulaSyntaxError(f"一层套一层的运算超过 {MAX_HEIGHT} 级，请用 SUM 等函数改写", token.position)
        return height


def _number(token: Token) -> Decimal:
    try:
        number = _LITERALS.create_decimal(token.text)
    except decimal.Overflow:
        raise FormulaSyntaxError(f"数字 {token.text[:20]} 太大", token.position) from None
    if len(token.text) <= _SURE_DIGITS:
        return number
    return as_double(number) if len(number.as_tuple().digits) > _SURE_DIGITS else number


def as_double(number: Decimal) -> Decimal:
    """The shortest decimal that is the same binary double, which is all that Excel keeps of a literal.

    Gnumeric writes 0.005 as 0.0049999999999999999999.
    """
    double = float(number)
    return Decimal(repr(double)).normalize() if isfinite(double) else number.normalize()


@lru_cache(maxsize=512)
def _function_name(text: str) -> str:
    name = text.upper()
    for prefix in ("_XLFN.", "_XLFNGNUMERIC.", "_XLWS.", "_XLUDF."):
        name = name.removeprefix(prefix)
    return name
