"""What ``scheme check`` and ``verify`` hand to the terminal and the window: sound, or what is wrong."""

from dataclasses import dataclass

from toolkit.model import Finding, is_sound
from toolkit.pipeline.outcome import Json
from toolkit.processes import to_have


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of ``scheme check`` and ``verify``: sound, or what is wrong. Notes and warnings do not make it unsound."""

    findings: tuple[Finding, ...]
    subject: str

    @property
    def ok(self) -> bool:
        """Nothing must be corrected."""
        return is_sound(self.findings)

    def as_json(self) -> Json:
        """``{"ok", "findings"}``."""
        return {"ok": self.ok, "findings": [finding.as_json() for finding in self.findings]}


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """Of all workbooks: how many formulas two engines calculated alike.

    Attributes:
        engine: name and version of the second engine; "" where it is not installed.
        files: workbooks calculated twice.
        formulas: cells with formulas in them.
        left_out: formulas only our own engine calculated.
        differing: cells where the engines differ.
        findings: the differences, and workbooks the second engine would not take.
    """

    engine: str
    files: int = 0
    formulas: int = 0
    left_out: int = 0
    differing: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def words(self) -> str:
        """One sentence for the screen."""
        if not self.engine:
            return f"没有装第二个计算引擎，公式只由本工具计算。要复算的，{to_have('referee')}。"
        alike = self.formulas - self.left_out - self.differing
        left = f"，{self.left_out}个公式它不复算" if self.left_out else ""
        verdict = f"，{self.differing}个不同" if self.differing else "，没有不同"
        return f"两个计算引擎（本工具、{self.engine}）复算{self.files}个工作簿：{alike}个公式结果相同{verdict}{left}。"

    def as_json(self) -> Json:
        """For ``--json``."""
        return {
            "engine": self.engine,
            "files": self.files,
            "formulas": self.formulas,
            "left_out": self.left_out,
            "differing": self.differing,
        }


@dataclass(frozen=True, slots=True)
class Verified(Verdict):
    """Of ``verify``: sound or not, and what two calculation engines agree on; None where it did not come to that."""

    second: SecondOpinion | None = None

    def as_json(self) -> Json:
        """``{"ok", "findings", "second_engine"}``."""
        return Verdict.as_json(self) | {"second_engine": self.second.as_json() if self.second else None}
