"""Everything a person reads about how a command is used is Chinese: every help page, every usage error."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperCommand, TyperGroup
from typer.testing import CliRunner, Result

from toolkit.cli.app import app
from toolkit.operations import OPERATIONS, operation

NAMES = {
    "PostgreSQL",
    "tcp",
    "postgresql",
    "sqlite",
    "jixiao",
    "Excel",
    "Word",
    "WPS",
    "LibreOffice",
    "PDF",
    "JSON",
    "CSV",
    "SMTP",
    "JIXIAO_SMTP_HOST",
    "PATH",
    "xlsx",
    "eml",
    "sha256",
}
"""Latin words a Chinese sentence of ours may use: programs, formats, names."""


def typed(*words: str) -> Result:
    return CliRunner().invoke(app, words, prog_name="jixiao")


def commands(
    command: TyperCommand | TyperGroup, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], object]]:
    yield words, command
    if isinstance(command, TyperGroup):
        for name, one in command.commands.items():
            yield from commands(one, (*words, name))


ROOT = Path(__file__).parents[2]
ALL = dict(commands(typer.main.get_command(app)))


def english(page: str) -> list[str]:
    """Latin words that are neither a command, a switch, a name nor an example of a code or a file."""
    spoken = {part for words in ALL for name in words for part in name.split("-")} | NAMES
    text = re.sub(r"--?[a-z-]+|[\w-]*\d[\w-]*|\.\w+", " ", page, flags=re.ASCII)
    return [word for word in re.findall(r"[A-Za-z_]{2,}", text) if word not in spoken]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_help_page_is_chinese_and_complete(words: tuple[str, ...]):
    shown = typed(*words, "--help")
    assert shown.exit_code == 0
    assert not english(shown.stdout), shown.stdout
    assert shown.stdout.startswith(f"用法：{' '.join(('jixiao', *words))} ")
    for param in ALL[words].params:
        assert param.help, f"{param.name} says nothing"
        assert (param.metavar or param.opts[0]) in shown.stdout


@pytest.mark.parametrize(
    "words", [words for words in ALL if not isinstance(ALL[words], TyperGroup) and words != ("window",)], ids=" ".join
)
def test_every_command_speaks_to_machines_too(words: tuple[str, ...]):
    assert "--json" in {switch for param in ALL[words].params for switch in param.opts}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("chekc", "没有命令“chekc”，是否想用：check"),
        ("scheme", "命令："),
        ("--jsn", "没有选项 --jsn"),
        ("-w 甲 run", "没有选项 -w：写在命令后面，如 jixiao run -w"),
        ("init", "缺少“文件夹”"),
        ("init 甲 --bogus", "没有选项 --bogus"),
        ("score --jso", "没有选项 --jso，是否想用：--json"),
        ("init 甲", "请给出 --sample 样例名，或同时给出 --roster 和 --scheme。"),
        ("score -w", "选项 -w 后面要写上内容"),
        ("score --json=1", "选项 --json 后面不用写内容"),
        ("score 甲 乙", "多出了内容：甲 乙"),
        ("resolve 1 READ-45 --reason 乙", "缺少选项 --by <姓名>"),
        ("resolve 1 READ-45 --by 甲 --reason 乙", "请在 --accept、--value、--waive、--withdraw 中选一个"),
        ("resolve 1 READ-45 --by 甲 --reason 乙 --waive --until 2026/1/1", "选项 --until <年-月-日>写得不对"),
        ("send --email --drafts", "--email 和 --drafts 只能选一个"),
        ("formula eval 1+", "公式"),
        ("ledger export 台账.pdf", "请给出以 .xlsx 结尾的文件名"),
    ],
)
def test_a_wrong_command_line_is_explained_in_chinese(line: str, said: str):
    result = typed(*line.split())
    assert result.exit_code == 2
    assert said in result.stderr
    assert not [word for word in english(result.stderr) if word not in line]


def test_the_readme_names_every_command_and_no_other():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = {tuple(found.split()) for found in re.findall(r"jixiao((?: [a-z-]+)+)", readme)}
    real = {words for words in ALL if not isinstance(ALL[words], TyperGroup)}
    assert not real - {words[: len(one)] for words in named for one in real}
    assert not {words for words in named if words not in real and words[:1] not in real}


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "samples").rglob("*.md"))]
WRITTEN = [
    (path.name, found[0]) for path in PAGES for found in re.finditer(r"jixiao [a-z][^`\n|]*", path.read_text("utf-8"))
]


def test_every_command_and_option_written_in_the_pages_is_one():
    """Of what follows a command only options are looked at; of several commands on a line each is one of its own."""
    assert len(WRITTEN) > 150
    wrong = []
    for page, line in WRITTEN:
        words = tuple(re.match(r"jixiao((?: [a-z-]+)+)", line)[1].split())
        command = next((ALL[words[:many]] for many in (2, 1) if words[:many] in ALL), None)
        if command is None:
            wrong.append((page, line))
            continue
        options = {name for param in command.params for name in (*param.opts, *param.secondary_opts)} | {"--help"}
        wrong += [(page, line, asked) for asked in re.findall(r"--[a-z-]+", line) if asked not in options]
    assert wrong == []


def test_a_stopped_command_says_what_stands(monkeypatch: pytest.MonkeyPatch, tmp_path):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("toolkit.pipeline.load", stopped)
    result = typed("score", "-w", str(tmp_path))
    assert result.exit_code == 130
    assert "重新运行同一条命令" in result.stderr


@pytest.mark.parametrize(
    "words", [words for words in ALL if " ".join(words) in {one.name for one in OPERATIONS}], ids=" ".join
)
def test_the_command_line_says_what_the_window_says(words: tuple[str, ...]):
    wanted = operation(" ".join(words))
    shown = "".join(typed(*words, "--help").stdout.split())
    assert "".join(wanted.help.split()) in shown
    told = {parameter.name: parameter.help for parameter in wanted.parameters}
    assert [param.name for param in ALL[words].params if told.get(param.name, param.help) != param.help] == []


def test_a_command_that_works_in_a_workspace_is_an_operation_so_that_its_turn_is_known() -> None:
    in_workspace = {
        " ".join(words) for words, command in ALL.items() if any(one.name == "where" for one in command.params)
    }
    assert len(in_workspace) > 30
    assert in_workspace <= {one.name for one in OPERATIONS if one.in_workspace}
