"""Writes 模板名称.csv beside this file: every name a template may use, what it means, an example of it.

Run from the repository root: ``python -m doc_templates.make_names``. The names are taken from what the toolkit hands to
the templates while it works through the demo, so that the table cannot say anything else.
"""

import csv
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from doc_templates.name_meanings import meaning_of
from toolkit.cli.app import app
from toolkit.errors import ToolkitError
from toolkit.model import Figure
from toolkit.pipeline.deliver.rendering import Rendering
from toolkit.pipeline.plan.prior import PRIOR
from toolkit.report.documents import Job
from toolkit.word.open_document import OpenDocument
from toolkit.word.render import WordTemplate, compile_template

HERE = Path(__file__).parent
TABLE = HERE / "模板名称.csv"
HEADINGS = ("模板", "名称", "类型", "含义", "示例")
COMMANDS = (("correct",), ("remind",), ("opinions",), ("people", "plan"))
_LONGEST = 60
Names = dict[str, tuple[str, str]]


class Recorder:
    """What was handed to which template."""

    def __init__(self) -> None:
        self._known = {self._key(compile_template(path.read_bytes(), path.name)): path.name for path in _templates()}
        self.names: dict[str, Names] = {}

    @staticmethod
    def _key(template: WordTemplate) -> str:
        return "".join(part.source for part in template.parts)

    def note(self, template: WordTemplate, context: Mapping[str, object]) -> None:
        """Take down the names one document is filled with."""
        name = self._known.get(self._key(template))
        if name:
            self.take(name, context)

    def take(self, name: str, context: Mapping[str, object]) -> None:
        """Take down the names of one template."""
        _walk(context, "", self.names.setdefault(name, {}))


def _templates() -> list[Path]:
    return sorted(HERE.glob("*.docx"))


def _walk(value: object, path: str, names: Names) -> None:
    """Take down a value and what is in it; what has an example stays as it is."""
    kind, example = ("", "") if value is None else _kind(value)  # the demo has nothing of it
    if path and (path not in names or not names[path][0] or (not names[path][1] and example)):
        names[path] = kind, example
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _walk(inner, f"{path}.{name}" if path else str(name), names)
    elif kind == "列表" and isinstance(value, list | tuple):
        for inner in value[:40]:
            _walk(inner, f"{path}[]", names)
    elif kind == "组":
        for name in value.__dataclass_fields__:  # type: ignore[attr-defined]
            _walk(getattr(value, name), f"{path}.{name}", names)


def _kind(value: object) -> tuple[str, str]:
    if isinstance(value, Figure):
        return "数", value.text
    if isinstance(value, bool):
        return "是否", "是" if value else "否"
    if isinstance(value, int):
        return "整数", str(value)
    if isinstance(value, str):
        return "文字", " ".join(value.split())[:_LONGEST]
    if isinstance(value, tuple) and all(isinstance(part, str | Figure) for part in value):
        text = "".join(part.text if isinstance(part, Figure) else part for part in value)
        return "句", " ".join(text.split())[:_LONGEST]
    if isinstance(value, list | tuple):
        return "列表", ""
    if isinstance(value, Mapping) or hasattr(value, "__dataclass_fields__"):
        return "组", ""
    return "编号", "1"


def record() -> dict[str, Names]:
    """Names by template, from the demo and the letters after it."""
    recorder = Recorder()
    rendered, opened = WordTemplate.render, WordTemplate.open

    def render(template: WordTemplate, context: Mapping[str, object]) -> bytes:
        recorder.note(template, context)
        return rendered(template, context)

    def open_(template: WordTemplate, context: Mapping[str, object]) -> OpenDocument:
        recorder.note(template, context)
        return opened(template, context)

    begun = Rendering.begun

    def begun_(rendering: Rendering, job: Job) -> object:
        recorder.take(job.kind.template, job.words)  # reports are rendered in other processes, from what they ask for
        return begun(rendering, job)

    WordTemplate.render, WordTemplate.open = render, open_  # type: ignore[method-assign]
    Rendering.begun = begun_  # type: ignore[method-assign, assignment]
    with tempfile.TemporaryDirectory() as folder:
        space = Path(folder) / "评价"
        _run("demo", str(space))
        _with_last_year(space, Path(folder))
        for command in COMMANDS:
            _run(*command, "--workspace", str(space))
    return recorder.names


def _with_last_year(space: Path, folder: Path) -> None:
    """The demo once more, compared with itself as if that had been last year."""
    archive, following = folder / "归档.zip", folder / "下一年"
    _run("archive", "make", "--workspace", str(space), str(archive))
    _run("init", str(following), "--from", str(archive))
    shutil.copy(following / PRIOR, space / PRIOR)
    _run("run", "--workspace", str(space))


def _run(*words: str) -> None:
    try:
        app(list(words), standalone_mode=False)
    except (ToolkitError, SystemExit) as error:
        print(f"{' '.join(words)}: {error}", file=sys.stderr)  # noqa: T201  a script for developers


def with_unmet(met: Mapping[str, Names], known: Mapping[str, Names]) -> dict[str, Names]:
    """The names met, and within a name that the demo left empty (三级复核 of an evaluation nobody signed) those known.

    What stands in no name that was met is handed over no more: it goes.
    """
    return {template: _with_unmet(own, known.get(template, {})) for template, own in met.items()}


def _with_unmet(met: Names, known: Names) -> Names:
    kept: Names = {}
    for path, value in met.items():
        kept[path] = value if value[0] else known.get(path, ("组", ""))
        if not any(_is_within(other, path) for other in met):
            kept |= {name: row for name, row in known.items() if _is_within(name, path)}
    return kept


def _is_within(name: str, path: str) -> bool:
    return name.startswith((f"{path}.", f"{path}[]"))


def read() -> dict[str, Names]:
    """The table as it stands."""
    names: dict[str, Names] = {}
    with TABLE.open(encoding="utf-8-sig", newline="") as source:
        for template, path, kind, _, example in list(csv.reader(source))[1:]:
            names.setdefault(template, {})[path] = kind, example
    return names


def write(names: Mapping[str, Names]) -> None:
    """Write the table, names in the order they were met."""
    with TABLE.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(HEADINGS)
        for template, own in sorted(names.items()):
            for path, (kind, example) in own.items():
                writer.writerow((template, path, kind, meaning_of(path), example))


if __name__ == "__main__":
    started = datetime.now()  # noqa: DTZ005
    write(with_unmet(record(), read()))
    print(f"{TABLE.name}, {(datetime.now() - started).seconds} s")  # noqa: T201, DTZ005
