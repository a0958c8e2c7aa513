"""How far the review of a project is signed, as reports print it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LevelSigned:
    """What holds of the signatures at one level.

    Attributes:
        level: 初评, 复核 or 质控.
        people: who signed, each once.
        day: of the latest signature, as YYYY-MM-DD; "" where nothing is signed.
        signed: how many indicators are signed. of: how many there are.
    """

    level: str
    people: tuple[str, ...]
    day: str
    signed: int
    of: int

    @property
    def ticked(self) -> bool:
        """Every indicator is signed."""
        return 0 < self.of == self.signed


@dataclass(frozen=True, slots=True)
class SignedProject:
    """A project, or the evaluation as a whole, with its levels in their order and its state in words."""

    project: str
    name: str
    levels: tuple[LevelSigned, ...]
    state: str
