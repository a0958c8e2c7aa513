"""The worked examples of cases/*.md: what a consultant reads and what the tests run."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from toolkit.excel.md_table import parse_md_workbook
from toolkit.formula import evaluate
from toolkit.model import Value
from toolkit.rules import FULL_MARK, Rule, build_rule, kind_of, read_checkpoints, read_parameters, read_values

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class WorkedExample:
    """One row of a case file."""

    kind: str
    parameters: str
    checkpoints: str
    values: dict[str, Value]
    full_mark: Decimal
    score: Decimal
    words: str

    @property
    def rule(self) -> Rule:
        """The rule of the row's parameters."""
        kind = kind_of(self.kind)
        assert kind is not None
        pairs = read_parameters(self.parameters)
        reading = build_rule(kind, pairs, read_checkpoints(self.checkpoints), self.full_mark)
        assert reading.rule is not None, reading.misfits
        return reading.rule

    def __str__(self) -> str:
        return f"{self.kind}-{self.parameters}-{self.values}"


def all_examples() -> list[WorkedExample]:
    """Every row of every case file."""
    return [example for path in sorted(FOLDER.glob("*.md")) for example in _examples(path)]


def score_of(rule: Rule, values: dict[str, Value], full_mark: Decimal) -> Value:
    """The rule's formula, evaluated as scoring does."""
    return evaluate(rule.formula(), {**values, FULL_MARK: full_mark})


def _examples(path: Path) -> list[WorkedExample]:
    rows = parse_md_workbook(f"## {path.stem}\n{path.read_text(encoding='utf-8')}")[path.stem]
    return [
        WorkedExample(path.stem, row[0], row[1], read_values(row[2]), Decimal(row[3]), Decimal(row[4]), row[5])
        for row in rows[1:]
    ]
