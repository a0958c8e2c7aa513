"""报送数据: what was read from one returned workbook, with origin, original text and the rule applied."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from toolkit.model.finding import Finding
from toolkit.model.place import CellRef
from toolkit.model.values import Value

_NO_ROWS: Mapping[str, int] = MappingProxyType({})


class ReadState(StrEnum):
    """Six different things a cell can say (and a seventh we could not make out)."""

    VALUE = "值"
    BLANK = "空白"
    NONE = "无"
    NOT_APPLICABLE = "不适用"
    PENDING = "待定"
    ERROR = "错误值"
    NOT_CALCULATED = "未计算"
    REJECTED = "无法识别"


@dataclass(frozen=True, slots=True)
class Reading:
    """One slot as read.

    Attributes:
        key: the slot's key.
        at: where it stood in the returned file.
        state: see :class:`ReadState`. A typed 0 is VALUE; ``/`` and ``—`` are NONE.
        value: normalised (amounts in the field's unit, rates as fractions, dates as serial numbers); None unless VALUE
            (for a formula cell: the value shown, i.e. the cached one).
        original: the cell's content as text, before normalisation ("" for blank).
        rule: which normalisation was applied, in Chinese ("" when none was needed).
        formula: formula text with ``=`` when the cell holds one, else "".
    """

    key: str
    at: CellRef
    state: ReadState
    value: Value = None
    original: str = ""
    rule: str = ""
    formula: str = ""


class DifferenceKind(StrEnum):
    """How a cell that is no input differs from what was generated."""

    FORMULA_TO_CONSTANT = "公式被改为数值"
    FORMULA_CHANGED = "公式被修改"
    TEXT_CHANGED = "文字被修改"
    PREFILLED_CHANGED = "预填内容被修改"
    REMOVED = "内容被删除"
    ADDED = "新增内容"
    EXAMPLE_FILLED = "示例行被填写"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that is no input and is not as it was generated; ``key`` is "" for labels.

    EXAMPLE_FILLED is a whole row: ``found`` is what was typed over the examples, ``expected`` the name of the table.
    """

    at: CellRef
    key: str
    kind: DifferenceKind
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Reading balance of one file or a batch: ``expected == read + blank + rejected + unplaced`` or it is our bug."""

    expected: int = 0
    read: int = 0
    blank: int = 0
    rejected: int = 0
    unplaced: int = 0

    @property
    def holds(self) -> bool:
        """True when everything expected is accounted for."""
        return self.expected == self.read + self.blank + self.rejected + self.unplaced


@dataclass(frozen=True, slots=True)
class Submission:
    """What one returned workbook says about one project.

    Attributes:
        readings: by slot key; table cells under ``支付明细_金额_3`` (rows the unit added continue the numbering).
        notes: findings of the reading itself (normalised values, text that is no number, addresses found again).
        differences: non-input cells that differ from what was generated.
        formulas_seen: False for a file of an older format, of which only values come through.
        pasted: sheets that were pasted as values, beside others whose formulas are there.
        recalculated: a spreadsheet program calculated the file after it was generated; None when unknown.
        seal: of the identity it carries, "" where it has none that is genuine.
        explanations: (finding code, slot key or sheet) → what the unit wrote beside a finding that was sent back.
    """

    project: str
    sha256: str
    file_name: str
    readings: Mapping[str, Reading]
    balance: Balance
    notes: tuple[Finding, ...] = ()
    differences: tuple[Difference, ...] = ()
    recalculated: bool | None = None
    formulas_seen: bool = True
    table_rows: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    explanations: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    seal: str = ""
    pasted: tuple[str, ...] = ()

    def sees_formula(self, sheet: str) -> bool:
        """Whether a cell of a sheet without a formula really has none, because somebody replaced that one."""
        return self.formulas_seen and sheet not in self.pasted

    def value(self, key: str) -> Value:
        """Normalised value of a slot; None when it holds none."""
        reading = self.readings.get(key)
        return reading.value if reading and reading.state is ReadState.VALUE else None

    def reduced(self, keys: Container[str]) -> "Submission":
        """What it says about some slots and nothing else: what is held of thousands of them at a time."""
        readings = {key: reading for key, reading in self.readings.items() if key in keys}
        return replace(self, readings=MappingProxyType(readings), notes=(), differences=(), table_rows=_NO_ROWS)
