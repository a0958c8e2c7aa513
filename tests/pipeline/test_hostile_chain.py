"""The whole chain on returns that were damaged or filled with hostile texts: nothing stops, nothing comes alive.

Every project of one evaluation sends a return to which something was done. Then every command runs, as a user runs it.
In the suite a part of the damages; all of them with ``make hostile``.
"""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from typer.testing import CliRunner

from tests.collect.damage import own_sheet, sheet_renamed
from tests.collect.damage_matrix import MATRIX
from tests.collect.fuzz_returns import mutated, wrong_number
from tests.collect.returned import template as small_template
from tests.collect.test_collect_unseen import AMOUNT, AMOUNTS, cell
from tests.pipeline.hostile_evaluation import answered, plan
from tests.pipeline.hostile_texts import FILE_NAMES, PROJECT_NAMES, TEXTS
from tests.pipeline.live_payloads import payloads
from toolkit import pipeline
from toolkit.cli.app import app
from toolkit.excel.sheet_patch import patch_cells
from toolkit.model import FieldType, SlotRole
from toolkit.pipeline.intake.returned import returns

FULL = bool(os.environ.get("JIXIAO_FULL"))
NOW = datetime(2024, 10, 20, 9, tzinfo=UTC)
NUMBERS = (
    "1E+26", "-1E+26", "1E+308", "-1E+308", "1E-308", "1.7976931348623157E+308", "5E-324", "-0", "0E+99", "1E+15",
    "999999999999999", "123456789012345678", "0.1234567890123456789", "NaN", "INF", "-INF", "1E999", "9" * 400,
    "0x10", "1_000", "１２", "٣", "1E+2", "-1E-9",
)  # fmt: skip
ALONE = (("collect",), ("aggregate",), ("report",)) if FULL else ()  # the one command ``run`` does these too
COMMANDS = (
    ("generate",),
    ("run",),
    *ALONE,
    ("check",),
    ("correct", "--warnings"),
    ("remind",),
    ("score",),
    ("export", "导出"),
    ("send", "--drafts"),
    ("ledger", "export", "台账.xlsx"),
    ("ledger", "verify"),
    ("status",),
    ("rounds",),
    ("verify",),
)


@dataclass(frozen=True)
class Case:
    """What is done to one project's return; ``harmless``: no number in it changes."""

    name: str
    apply: Callable[[bytes], bytes]
    harmless: bool = False
    file_name: str = ""


def text_keys() -> list[str]:
    slots = small_template().layout.slots.values()
    return [one.key for one in slots if one.type is FieldType.TEXT and one.role is SlotRole.INPUT]


def written(key: str, text: str) -> Callable[[bytes], bytes]:
    """A text in a slot, as it stands in a file."""
    shown = escape(text).replace("\r", "_x000D_")
    made = '<c r="{0}"{1} t="inlineStr"><is><t xml:space="preserve">{2}</t></is></c>'
    return cell(key, lambda ref, style: made.format(ref, style, shown))


def in_turn(*changes: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def apply(data: bytes) -> bytes:
        for change in changes:
            data = change(data)
        return data

    return apply


def number(text: str) -> Case:
    return Case(f"number {text[:30]}", cell(AMOUNT, lambda ref, style: f'<c r="{ref}"{style}><v>{text}</v></c>'))


def fuzzed(seed: int) -> Case:
    return Case(f"fuzz {seed}", lambda data: mutated(data, random.Random(seed))[0])  # noqa: S311 - repeatable


def damages() -> list[Case]:
    matrix = [Case(one.name, one.apply) for one in MATRIX]
    unseen = [Case(one[0], one[1]) for one in AMOUNTS]
    return [*matrix, *unseen, *map(number, NUMBERS), *map(fuzzed, range(160 if FULL else 40))]


def hostile() -> Iterator[Case]:
    """Every text in every place a unit can write to, several to a project; in places that are not its own; as names."""
    keys = text_keys()
    together = 1 if FULL else len(keys)
    for count, first in enumerate(range(0, len(TEXTS), together)):
        texts = TEXTS[first : first + together]
        several = [texts[number % len(texts)] for number in range(len(keys))]
        change = in_turn(*(written(key, text) for key, text in zip(keys, several, strict=True)))
        yield Case(f"texts {texts[0][:20]!r}", change, True, FILE_NAMES[count % len(FILE_NAMES)])
    for text, other in zip(TEXTS[:: 1 if FULL else 16], TEXTS[8 :: 1 if FULL else 16], strict=False):
        yield Case(f"for a number: {text[:20]!r}", in_turn(written(AMOUNT, text), written("完成值_D101", other)))
    for text in TEXTS[:: 2 if FULL else 17]:
        label = small_template().layout.slots[AMOUNT]
        place = (label.sheet, f"B{label.cell[1:]}")
        yield Case(f"for a label: {text[:20]!r}", lambda data, place=place, text=text: _typed(data, place, text))
    for name in ("=zq7()", "{{ 'zq' ~ 7*6 }}", "zq7'!A1"):
        yield Case(
            f"sheet {name}", lambda data, name=name: sheet_renamed(own_sheet(data), "附：说明", name), harmless=True
        )
    for name in FILE_NAMES if FULL else ():
        yield Case(f"file {name!r}", lambda data: data, harmless=True, file_name=name)


def _typed(data: bytes, place: tuple[str, str], text: str) -> bytes:
    return patch_cells(data, {place: text})


def cases() -> list[Case]:
    clean = Case("clean", lambda data: data, harmless=True)
    chosen = damages() if FULL else damages()[::16]
    return [clean, *chosen, clean, *hostile(), clean]


@dataclass(frozen=True)
class Sent:
    """The workspace with everything that came back, and what was done to each project's return."""

    folder: Path
    cases: dict[str, Case]
    names: dict[str, str]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Sent:
    folder = tmp_path_factory.mktemp("评价") / "江海"
    every = cases()
    for name, data in plan(len(every), names=PROJECT_NAMES).items():
        (folder.parent / name).write_bytes(data)
    made = pipeline.initialise(folder, (folder.parent / "项目清单.xlsx", folder.parent / "方案.xlsx"), NOW)
    assert made.ok
    evaluation = pipeline.load(folder)
    done, names = {}, {}
    for project, case in zip(evaluation.roster.projects, every, strict=True):
        done[project.id] = case
        names[project.id] = case.file_name or f"{project.id}.xlsx"
        file = evaluation.workspace.inbox / project.id / names[project.id]
        file.parent.mkdir()
        file.write_bytes(case.apply(answered(evaluation.template, project)))
    return Sent(folder, done, names)


@pytest.fixture(scope="module")
def said(sent: Sent) -> dict[str, str]:
    """Every command in its order; what those said that ended as they must not."""
    before = Path.cwd()
    os.chdir(sent.folder)
    try:
        return {" ".join(words): said for words in COMMANDS if (said := _ended_badly(words))}
    finally:
        os.chdir(before)


def _ended_badly(words: tuple[str, ...]) -> str:
    result = CliRunner().invoke(app, list(words))
    fault = result.exception if not isinstance(result.exception, SystemExit) else None
    return (
        "" if result.exit_code in (0, 1) and fault is None else f"{result.exit_code}: {fault} {result.output[-2000:]}"
    )


def test_there_is_enough_of_it() -> None:
    assert len(TEXTS) >= 60
    assert len(damages()) >= (250 if FULL else 180)


def test_no_command_stops(said: dict[str, str]) -> None:
    assert not said


@pytest.mark.usefixtures("said")
def test_every_other_projects_score_stays(sent: Sent) -> None:
    sheets = {one.project: one for one in pipeline.score(pipeline.load(sent.folder), NOW).sheets}
    expected = sheets["1"].total
    assert sheets["1"].has_data
    changed = {
        f"{project} {case.name}": str(sheets[project].total)
        for project, case in sent.cases.items()
        if case.harmless and sheets[project].total != expected
    }
    assert not changed
    assert all(0 <= one.total <= 100 for one in sheets.values())


@pytest.mark.usefixtures("said")
def test_nothing_comes_alive(sent: Sent) -> None:
    received = (sent.folder / "03-收件箱", sent.folder / "04-原件", sent.folder / ".jixiao")
    produced = [
        path
        for path in sent.folder.rglob("*")
        if path.is_file() and not any(path.is_relative_to(folder) for folder in received)
    ]
    assert {path.suffix for path in produced} >= {".xlsx", ".docx", ".zip", ".csv", ".eml"}
    assert not payloads(produced)


@pytest.mark.usefixtures("said")
def test_no_value_is_read_that_nobody_sees(sent: Sent) -> None:
    """A figure other than the one typed is one that openpyxl finds in that cell, or there is a finding at the cell."""
    evaluation = pipeline.load(sent.folder)
    counting = returns(evaluation).counting
    known = {key: one.value for key, one in counting["1"].readings.items()}
    for project, submission in counting.items():
        noted = {(note.at.sheet, note.at.cell) for note in submission.notes}
        changed = [
            one
            for key, one in submission.readings.items()
            if isinstance(one.value, Decimal)
            and one.value != known.get(key)
            and (one.at.sheet, one.at.cell) not in noted
        ]
        data = next((sent.folder / "03-收件箱" / project).iterdir()).read_bytes()
        assert not (changed and wrong_number(data, changed)), (project, sent.cases[project].name)
