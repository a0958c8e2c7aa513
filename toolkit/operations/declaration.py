"""How an operation is declared: name, parameters, help and what carries it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from toolkit.operations.memory import Memory

Json = dict[str, Any]


class Kind(StrEnum):
    """What a parameter is: decides its option on the command line, its widget in the window and how it is checked."""

    TEXT = "text"
    FLAG = "flag"
    DATE = "date"
    CHOICE = "choice"
    FILE = "file"
    NEW_FILE = "new file"
    FOLDER = "folder"
    PATHS = "paths"
    ROWS = "rows"


class BadRequest(ValueError):  # noqa: N818  (a request that is no request; not one of the reasons to stop)
    """A parameter is missing, unknown or not of its kind; the text says which, in Chinese."""


class Tell(Protocol):
    """Called with the stage, how many are done, of how many (0: not known), and the file or project at hand."""

    def __call__(self, stage: str, done: int, total: int, /, item: str = "") -> None:
        """Take note."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Attributes:
        name: English key of the value.
        label: Chinese name, also what stands for the value in a help page.
        help: one Chinese sentence.
        option: ``--by``; "" for one that is given by its position.
        required: without it the operation cannot be carried out.
        default: value where none is given: "", False, () or what the operation documents.
        choices: allowed texts of :attr:`Kind.CHOICE`; of :attr:`Kind.TEXT` those offered, others may be typed.
        title: what the window calls it, where ``label`` only says what to type; "" for the label.
    """

    name: str
    kind: Kind
    label: str
    help: str
    option: str = ""
    required: bool = False
    default: Any = ""
    choices: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request whose values have been checked: paths are ``Path``, dates ``date``, flags ``bool``, the rest text."""

    workspace: Path
    values: Mapping[str, Any]
    now: datetime
    tell: Tell
    memory: Memory

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401  (the kind of the parameter is the type)
        """The value of a parameter."""
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Done:
    """What an operation came to.

    Attributes:
        values: the JSON object that ``--json`` prints and the window reads.
        ok: False when something must be corrected (exit code 1).
        result: the same as frozen values, for tables on a terminal; never sent to another process.
    """

    values: Json
    ok: bool = True
    result: object = None


@dataclass(frozen=True, slots=True)
class Operation:
    """Something a person can ask for.

    Attributes:
        name: as typed on the command line, e.g. ``run`` or ``ledger verify``; stable for ever.
        title: Chinese name, as on a button.
        help: one Chinese sentence.
        work: carries it out.
        in_workspace: it is about one evaluation; ``-w`` names its folder.
        changes: it writes into the workspace, so that only one at a time may run there.
        settled: it changes nothing, but what it reads has to fit together: nothing may be written meanwhile.
        on_command_line: False for what only the window asks for.
        page: name of the window's page that offers it with all its parameters; "" where a page has its own place for
            it, or shows it by itself.
    """

    name: str
    title: str
    help: str
    work: Callable[[Asked], Done] = field(repr=False)
    parameters: tuple[Parameter, ...] = ()
    in_workspace: bool = True
    changes: bool = True
    settled: bool = False
    on_command_line: bool = True
    page: str = ""

    @property
    def is_alone(self) -> bool:
        """It waits until no other program changes the workspace, and lets none begin."""
        return self.in_workspace and (self.changes or self.settled)

    def asked(
        self, workspace: Path, given: Mapping[str, object], now: datetime, tell: Tell, memory: Memory | None = None
    ) -> Asked:
        """Check what was given; a program that lives for one operation has no ``memory`` of earlier ones.

        Raises:
            BadRequest: all that is wrong with it, in one Chinese text.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        faults = [f"没有参数“{name}”" for name in given if name not in known]
        values: dict[str, object] = {}
        for name, parameter in known.items():
            try:
                values[name] = _value(parameter, given.get(name))
            except BadRequest as fault:
                faults.append(str(fault))
        if faults:
            raise BadRequest(f"{self.title}：{'；'.join(faults)}")
        return Asked(workspace, values, now, tell, memory or Memory())


def view(name: str, title: str, work: Callable[[Asked], Done], *parameters: Parameter) -> Operation:
    """What only the window asks for, to show it: nothing is changed."""
    return Operation(f"view {name}", title, f"{title}。", work, parameters, changes=False, on_command_line=False)


def _value(parameter: Parameter, given: object) -> object:
    if given is None or given in ("", []):
        if parameter.required:
            raise BadRequest(f"请填写“{parameter.label}”")
        return parameter.default
    return _READ[parameter.kind](parameter, given)


def _text(parameter: Parameter, given: object) -> str:
    if not isinstance(given, str):
        raise BadRequest(f"“{parameter.label}”应是文字")
    return given


def _flag(parameter: Parameter, given: object) -> bool:
    if not isinstance(given, bool):
        raise BadRequest(f"“{parameter.label}”应是“是”或“否”")
    return given


def _date(parameter: Parameter, given: object) -> date:
    try:
        return date.fromisoformat(_text(parameter, given))
    except ValueError:
        raise BadRequest(f"“{parameter.label}”应写成 年-月-日，如 2026-12-31") from None


def _choice(parameter: Parameter, given: object) -> str:
    if given not in parameter.choices:
        raise BadRequest(f"“{parameter.label}”应是其中之一：{'、'.join(parameter.choices)}")
    return str(given)


def _path(parameter: Parameter, given: object) -> Path:
    return Path(_text(parameter, given))


def _paths(parameter: Parameter, given: object) -> tuple[Path, ...]:
    if not isinstance(given, list | tuple):
        raise BadRequest(f"“{parameter.label}”应是若干个文件或文件夹")
    return tuple(_path(parameter, path) for path in given)


def _rows(parameter: Parameter, given: object) -> tuple[Json, ...]:
    if not isinstance(given, list | tuple) or not all(isinstance(row, dict) for row in given):
        raise BadRequest(f"“{parameter.label}”应是若干个对象")
    return tuple(given)


_READ: Mapping[Kind, Callable[[Parameter, object], object]] = {
    Kind.TEXT: _text,
    Kind.FLAG: _flag,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.FILE: _path,
    Kind.NEW_FILE: _path,
    Kind.FOLDER: _path,
    Kind.PATHS: _paths,
    Kind.ROWS: _rows,
}
