"""Who gets a unit's mail: addresses out of the unit register (column 邮箱 of the roster), from nowhere else.

A cell may hold several addresses, separated by 、 ， ； or a line feed. They belong

- to the unit, where one unit answers for the project;
- to the units in their order, where a joint project names as many addresses as units;
- to the lead unit alone otherwise: a partner is never mailed at an address that may not be its own.

A unit is mailed at all its addresses, those of all its projects.
"""

import re
from dataclasses import dataclass

from toolkit.model import Project, Roster

_SEPARATORS = re.compile(r"[、，,；;\s]+")
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """One unit's addresses.

    Attributes:
        addresses: without doubles, in roster order.
        problem: what stands in the register but is no address, or that nothing does, in Chinese; "" when all is well.
    """

    unit: str
    addresses: tuple[str, ...]
    problem: str = ""


def recipients(roster: Roster) -> dict[str, Recipient]:
    """Unit → its addresses, for every single unit of the roster."""
    return {unit: _recipient(unit, projects) for unit, projects in roster.units().items()}


def is_address(text: str) -> bool:
    """Whether a text is one plain mail address."""
    dots = text.partition("@")[0]
    return bool(_ADDRESS.fullmatch(text)) and ".." not in dots and not (dots.startswith(".") or dots.endswith("."))


def _recipient(unit: str, projects: tuple[Project, ...]) -> Recipient:
    written = [text for project in projects for text in _written_for(unit, project)]
    good = {text.casefold(): text for text in reversed(written) if is_address(text)}
    bad = [text for text in dict.fromkeys(written) if not is_address(text)]
    problem = f"“{'”“'.join(bad)}”不是邮箱地址，请在项目清单“邮箱”列改正" if bad else ""
    if not written:
        shared = any(len(project.units) > 1 and project.email for project in projects)
        problem = "项目清单没有登记邮箱" + ("（共同项目请按单位顺序登记各单位的邮箱，用、隔开）" if shared else "")
    return Recipient(unit, tuple(reversed(good.values())), problem)


def _written_for(unit: str, project: Project) -> list[str]:
    texts = [text for text in _SEPARATORS.split(project.email) if text]
    if len(project.units) == 1:
        return texts
    if len(texts) == len(project.units):
        return [texts[project.units.index(unit)]]
    return texts if unit == project.units[0] else []
