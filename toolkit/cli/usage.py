"""How a command is used, said in Chinese: help pages and usage errors, which the parser itself would say in English."""

import difflib
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.models import CommandFunctionType

if TYPE_CHECKING:
    from typer import _click as click

WIDEST = 100
"""Columns of a help page at most."""

SAYINGS = (
    (r"Option '(.+)' requires an argument\.", "选项 {0} 后面要写上内容"),
    (r"Option '(.+)' does not take a value\.", "选项 {0} 后面不用写内容"),
    (r"Got unexpected extra argument\(s\) \((.+)\)", "多出了内容：{0}（文件名中有空格时请加引号）"),
    (r"Missing command\.", "缺少命令"),
)
"""What the parser says without saying which kind of trouble it is, and our words for it."""


class App(typer.Typer):
    """A group of commands whose help and errors are in Chinese."""

    def __init__(self, words: str = "") -> None:
        super().__init__(
            cls=Group, help=words, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
        )

    def command(
        self,
        name: str | None = None,
        **settings: Any,  # noqa: ANN401  (handed on as it is)
    ) -> Callable[[CommandFunctionType], CommandFunctionType]:
        """Declare a command; one without ``help`` says what the operation of its name does."""
        return super().command(name, cls=Command, **settings)


class Command(TyperCommand):
    """One command."""

    def get_help(self, ctx: "click.Context") -> str:
        """The help page."""
        return help_page(self, ctx)

    def invoke(self, ctx: "click.Context") -> Any:  # noqa: ANN401  (as the parser has it)
        """Carry it out, alone in its workspace where it changes something there."""
        from toolkit.cli.waiting import own_turn

        with own_turn(_typed(ctx), ctx.params):
            return super().invoke(ctx)


class Group(TyperGroup):
    """Commands under one name."""

    def get_help(self, ctx: "click.Context") -> str:
        """The help page."""
        return help_page(self, ctx)

    def resolve_command(
        self, ctx: "click.Context", args: list[str]
    ) -> "tuple[str | None, click.Command | None, list[str]]":
        """Find the command, or say which one may have been meant."""
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            near = "、".join(difflib.get_close_matches(name, self.commands))
            ctx.fail(f"没有命令“{name}”{f'，是否想用：{near}' if near else ''}")
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, **settings: Any) -> NoReturn:  # type: ignore[override]  # noqa: ANN401
        """Run a command line to its exit code."""
        try:
            code = super().main(args, **settings | {"standalone_mode": False})
        except typer.TyperException as wrong:
            sys.stderr.write(usage_error(wrong))
            sys.exit(wrong.exit_code)
        sys.exit(code)


def help_page(command: TyperCommand | TyperGroup, ctx: "click.Context") -> str:
    """Usage, what it does, then commands or arguments, and options."""
    arguments = [param for param in command.params if isinstance(param, TyperArgument)]
    options = [param for param in command.params if isinstance(param, TyperOption)]
    commands = command.commands if isinstance(command, TyperGroup) else {}
    places = [f"<{_name(argument)}>" if argument.required else f"[{_name(argument)}]" for argument in arguments]
    own = _typed(ctx)
    lines = [f"用法：{' '.join([ctx.command_path, *(['<命令>'] if commands else []), '[选项]', *places])}"]
    for heading, rows in (
        ("", [("", _does(command, own))]),
        ("\n命令：", [(name, _does(below, f"{own} {name}".strip())) for name, below in commands.items()]),
        ("\n参数：", [(_name(argument), argument.help or "") for argument in arguments]),
        ("\n选项：", [*((_switches(option), _meaning(option)) for option in options), ("--help", "显示本说明")]),
    ):
        if rows:
            lines += [heading, *_columns(rows)]
    return "\n".join(lines)


def _typed(ctx: "click.Context") -> str:
    """A command as it is typed behind the program's name: ``ledger verify``; "" for the program."""
    return "" if ctx.parent is None else f"{_typed(ctx.parent)} {ctx.info_name}".strip()


def _does(command: "click.Command", name: str) -> str:
    """What a command does: its own words, or those of its operation, which the window shows too."""
    if command.help or isinstance(command, TyperGroup):
        return command.help or ""
    from toolkit.operations import operation

    return operation(name).help


def usage_error(wrong: typer.TyperException) -> str:
    """What is wrong with a command line and where its help is; a bare group's help page."""
    ctx = getattr(wrong, "ctx", None)
    if type(wrong).__name__ == "NoArgsIsHelpError":
        return f"{wrong.message}\n"
    hint = f"查看用法：{ctx.command_path} --help\n" if ctx is not None else ""
    return f"用法不对：{_said(wrong)}。\n{hint}"


def _said(wrong: Any) -> str:  # noqa: ANN401  (the parser's exception classes are not public)
    param = getattr(wrong, "param", None)
    if param is not None:
        place = f"选项 {_switches(param)}" if isinstance(param, TyperOption) else f"“{_name(param)}”"
        return f"缺少{place}" if type(wrong).__name__ == "MissingParameter" else f"{place}写得不对"
    if type(wrong).__name__ == "NoSuchOption":
        near = "、".join(sorted(wrong.possibilities or ()))
        behind = "" if near else _behind(wrong)
        return f"没有选项 {wrong.option_name}{f'，是否想用：{near}' if near else behind}"
    for pattern, words in SAYINGS:
        if found := re.fullmatch(pattern, wrong.message):
            return words.format(*found.groups())
    return str(wrong.message).rstrip("。")


def _behind(wrong: Any) -> str:  # noqa: ANN401  (as above)
    """Where an option belongs that every command has, when it stands before the command."""
    before = wrong.ctx is not None and wrong.ctx.parent is None
    common = wrong.option_name in ("-w", "--workspace", "--json")
    return f"：写在命令后面，如 jixiao run {wrong.option_name}" if before and common else ""


def _name(param: TyperArgument | TyperOption) -> str:
    return param.metavar or param.name


def _switches(option: TyperOption) -> str:
    return ", ".join(option.opts) + ("" if option.is_flag else f" <{_name(option)}>")


def _meaning(option: TyperOption) -> str:
    return f"{option.help or ''}{'（必填）' if option.required else ''}"


def _columns(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    from rich.cells import cell_len, set_cell_size

    first = max(cell_len(name) for name, _ in rows)
    indent = first + 4 if first else 2
    for name, words in rows:
        head, *more = _folded(words, min(shutil.get_terminal_size().columns, WIDEST) - indent - 1)
        yield f"{set_cell_size('  ' + name, indent)}{head}"
        yield from (" " * indent + line for line in more)


def _folded(words: str, width: int) -> list[str]:
    """Lines of a width in columns; Latin words stay whole, and marks stay with what they open or close."""
    from rich.cells import cell_len

    lines = [""]
    for piece in re.findall(r"[（“]*(?:[!-~]+|.)[，。；：、）”？]*", words):
        if cell_len(lines[-1] + piece) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return lines
