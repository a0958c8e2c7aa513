"""The form of an operation: its fields as its declaration says them, and what was typed as the parameters it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.operations import OPERATIONS, Json, Kind, Operation, Parameter

ELSEWHERE = "归档"
"""The page that offers operations which name no page of their own and stand nowhere else in the window."""
PLACED = frozenset({
    "demo", "init", "scheme check", "scheme explain", "scheme diff", "generate", "check", "decide", "rounds", "score",
    "run", "status", "verify", "proof", "export", "ledger export", "people new", "people check", "people states",
})  # fmt: skip
"""Operations that have a button or a place of their own on some page."""
_TYPED = frozenset(
    {"文字", "姓名", "编号", "路径…", "文件", "文件夹", "年-月-日", "条数:校验值", "一句话", "值", "材料", "名称"}
)
"""Labels that only say what to type on a command line."""
_OPTION_IN_BRACKETS = re.compile(r"（--[a-z-]+(?:[、 ]+(?:--[a-z-]+|路径…))*）")
_OPTION = re.compile(r"\s?(--[a-z-]+)\s?")
_FILES = (Kind.FILE, Kind.NEW_FILE, Kind.FOLDER)
_END = re.compile(r"[，；：（。]")


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form; ``kind`` decides its widget. ``hint`` says what the label leaves open, "" for nothing."""

    name: str
    label: str
    kind: Kind
    hint: str
    required: bool
    default: str | bool
    choices: tuple[str, ...] = ()


def offered_on(page: str) -> tuple[Operation, ...]:
    """Operations a page offers with their form, in the order of the work."""
    offered = [operation for operation in OPERATIONS if operation.on_command_line and _page_of(operation) == page]
    return tuple(operation for operation in offered if not _needs_rows(operation))


def _page_of(wanted: Operation) -> str:
    return wanted.page or ("" if wanted.name in PLACED else ELSEWHERE)


def _needs_rows(wanted: Operation) -> bool:
    return any(parameter.kind is Kind.ROWS and parameter.required for parameter in wanted.parameters)


def fields_of(wanted: Operation) -> tuple[Field, ...]:
    """The lines of an operation's form; required ones first."""
    shown = [parameter for parameter in wanted.parameters if parameter.kind is not Kind.ROWS]
    return tuple(_field(wanted, parameter) for parameter in sorted(shown, key=lambda each: not each.required))


def _field(wanted: Operation, parameter: Parameter) -> Field:
    label, help_ = title_of(parameter), said(wanted, parameter.help)
    default = parameter.default if isinstance(parameter.default, str | bool) else ""
    hint = "" if help_ in (label, f"{label}名称") else help_
    return Field(parameter.name, label, parameter.kind, hint, parameter.required, default, parameter.choices)


def title_of(parameter: Parameter) -> str:
    """What the window calls a parameter: its title, or the first words of its help where the label is only typed."""
    if parameter.title:
        return parameter.title
    return _END.split(parameter.help)[0] if parameter.label in _TYPED else parameter.label


def said(wanted: Operation, words: str) -> str:
    """Words of a declaration or an error as a window says them: options by the names of their fields."""
    titles = {each.option: title_of(each) for each in wanted.parameters if each.option}
    plain = _OPTION_IN_BRACKETS.sub("", words)
    return _OPTION.sub(lambda found: f"“{titles[found[1]]}”" if found[1] in titles else "", plain)


def parameters_of(wanted: Operation, typed: Mapping[str, object], folder: str = "") -> Json:
    """What was typed as the operation's parameters; lines left empty and boxes left unmarked are left out.

    Files named without their folder are taken to stand in ``folder``.
    """
    known = {field.name: field for field in fields_of(wanted)}
    given = {name: _given(known[name], value, folder) for name, value in typed.items() if name in known}
    return {name: value for name, value in given.items() if value not in ("", False, None, [], ())}


def _given(field: Field, value: object, folder: str) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip().strip('"') if field.kind in _FILES else value.strip()
    return str(Path(folder) / text) if text and folder and field.kind in _FILES else text


def missing(wanted: Operation, typed: Mapping[str, object]) -> tuple[str, ...]:
    """Labels of required fields that are empty."""
    given = parameters_of(wanted, typed)
    return tuple(field.label for field in fields_of(wanted) if field.required and field.name not in given)
