"""Reports rendered in other processes are the reports rendered here, whatever becomes of the processes."""

import os
import pickle
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path

import pytest
from docx import Document as WordFile

from tests.report.sample_masters import NANTONG, sample, template
from toolkit.cache import Cache
from toolkit.collect.answer import Member
from toolkit.collect.child import ChildProcess
from toolkit.errors import TemplateError
from toolkit.excel.files import sha256_of
from toolkit.pipeline.deliver import rendering
from toolkit.pipeline.deliver.laying import Generations, Laying
from toolkit.pipeline.deliver.rendering import Rendering
from toolkit.pipeline.plan import remembering, side_by_side
from toolkit.pipeline.plan.side_by_side import SideBySide
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.report import PROJECT_REPORT, DocumentKind, documents, render_reports
from toolkit.word.generation import with_base

SOME = 8


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "缓存.sqlite3", b"secret")


@pytest.fixture
def laying(tmp_path: Path) -> Laying:
    workspace = Workspace(tmp_path, "试", b"secret", datetime(2024, 5, 6, tzinfo=UTC))
    return Laying(Generations(workspace), tmp_path / "报告")


def some(making: Rendering | None = None, read: object = template) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of some documents, those of a process from where it laid them ready."""
    for one in islice(render_reports(sample(NANTONG).facts, read, making=making), SOME):
        if one.laid is None:
            yield one.name, one.data
            continue
        assert making is not None
        data = making._laying.generations.read(one.laid.sha256)
        assert data is not None
        waiting = (making._laying.folder / one.laid.waiting).read_bytes()
        assert waiting == with_base(data, sha256_of(data))
        assert one.laid.finished == sha256_of(waiting)
        yield one.name, data


@pytest.fixture(scope="module")
def expected() -> dict[str, bytes]:
    return {one.name: one.data for one in render_reports(sample(NANTONG).facts, template)}


def all_in(made: Iterator[tuple[str, bytes]], expected: dict[str, bytes]) -> bool:
    """Whether as many documents as asked for were made, each with the bytes of the one made here."""
    found = dict(made)
    return len(found) == SOME and found.items() <= expected.items()


@pytest.mark.parametrize("killed", [None, 0])
def test_documents_are_equal_though_a_process_is_killed(cache, laying, expected, killed, monkeypatch):
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    with Rendering(cache, SOME, laying) as making:
        for place, (name, data) in enumerate(some(making)):
            assert data == expected[name]
            if place == killed:
                making._processes._processes[0]._child._process.kill()
        assert making._processes.width > 1


def test_some_project_reports_are_begun_before_those_on_the_whole_and_handed_out_behind_them(
    cache, laying, expected, monkeypatch
):
    monkeypatch.setattr(rendering, "_ONE_BEFORE", 2)
    names = list(expected)
    single = [name for name in names if name.endswith(f"{PROJECT_REPORT}.docx")]
    whole = [name for name in names if name not in single]
    first = len(single) // 2
    assert first
    assert whole
    begun, begin = [], Rendering.begun

    def noted(making: Rendering, job: documents.Job) -> object:
        begun.append(job.name)
        return begin(making, job)

    monkeypatch.setattr(Rendering, "begun", noted)
    with Rendering(cache, len(names), laying) as making:
        made = list(render_reports(sample(NANTONG).facts, template, making=making))
        assert begun == [*single[:first], *whole, *single[first:]]
        assert [one.name for one in made] == [*whole, *single]
        assert [one.name for one in made if one.laid] == single, "only reports of projects are laid ready"


@pytest.mark.parametrize("copied", [True, False])
def test_a_mistake_that_shows_when_the_whole_is_rendered_is_told_before_a_report_is_handed_out(
    cache, laying, copied, monkeypatch
):
    monkeypatch.setattr(rendering, "_ONE_BEFORE", 1)
    monkeypatch.setattr(side_by_side, "can_copy", lambda: copied)

    def edited(name: str) -> bytes:
        document, target = WordFile(BytesIO(template(name))), BytesIO()
        document.add_paragraph("{{ 评价.没有这一项 }}" if name == DocumentKind.FULL.template else "没有改动")
        document.save(target)
        return target.getvalue()

    with Rendering(cache, SOME, laying) as making, pytest.raises(TemplateError, match="没有这一项"):
        next(render_reports(sample(NANTONG).facts, edited, making=making))
    assert laying.generations.folder.is_dir() is copied, "processes had laid reports of projects ready"
    assert not laying.folder.is_dir() or not list(laying.folder.iterdir())


def test_a_report_that_stands_in_its_place_is_not_written_again(laying):
    generated = next(render_reports(sample(NANTONG).facts, template)).data
    waiting = laying.lay("一.docx", generated)
    assert waiting.sha256 == sha256_of(generated)
    (laying.folder / waiting.waiting).replace(laying.folder / "一.docx")
    assert laying.lay("一.docx", generated) == replace(waiting, waiting="")
    assert [path.name for path in laying.folder.iterdir()] == ["一.docx"]
    (laying.folder / "一.docx").write_bytes(b"another")
    assert laying.lay("一.docx", generated).waiting, "what stands there is for the shelf to look at"
    assert (laying.folder / "一.docx").read_bytes() == b"another"


def test_of_very_many_documents_none_is_made_by_a_copy_of_this_process(cache, laying, expected, monkeypatch):
    monkeypatch.setattr(side_by_side, "_TOO_MANY_TO_COPY", SOME)
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr(side_by_side, "serve_as_copy", None)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with Rendering(cache, SOME, laying) as making:
        assert all_in(some(making), expected)
        assert making._processes.width == 3, "one more than there are cores: each waits for the disk"


def test_documents_that_will_not_be_kept_are_made_apart_and_not_told(cache, laying, expected, monkeypatch):
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr(remembering, "_MOST_DOCUMENTS", 0)
    monkeypatch.setattr(documents, "told", None)
    here, render = os.getpid(), documents.Job.render

    def apart(job: documents.Job) -> bytes:
        assert os.getpid() != here
        return render(job)

    monkeypatch.setattr(documents.Job, "render", apart)
    with Rendering(cache, SOME, laying) as making:
        assert all_in(some(making), expected)
    assert not cache.keys("document ")


def test_a_document_made_before_is_found_by_what_it_was_made_from(cache, laying, expected, monkeypatch):
    with Rendering(cache, SOME, laying) as making:
        assert all_in(some(making), expected)
    assert len(cache.keys("document ")) > SOME, "the words each template asks for, too"
    monkeypatch.setattr(documents.Job, "render", None)
    monkeypatch.setattr(side_by_side, "can_copy", lambda: False)
    with Rendering(cache, SOME, laying) as making:
        assert all_in(some(making), expected)


def three_times(data: bytes, _name: str, _context: object) -> Member:
    """What processes of a test do."""
    return Member("", 3 * pickle.loads(data))  # noqa: S301  from this very test


def test_a_process_with_a_long_answer_ends_when_all_its_answers_have_come_and_another_goes_on(monkeypatch):
    begun: list[ChildProcess] = []

    def noted(*given: object) -> ChildProcess:
        begun.append(ChildProcess(*given))
        return begun[-1]

    monkeypatch.setattr(side_by_side, "ChildProcess", noted)
    monkeypatch.setattr(side_by_side, "_TOO_MANY_TO_COPY", SOME)
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr(side_by_side, "_MUCH", 10)
    texts = [b"long", b"a", b"b", b"c", b"d"]
    with SideBySide(three_times, None, SOME) as processes:
        for after in (1, 2):
            answers = [processes.begin(text) for text in texts]
            assert [answer() for answer in answers] == [3 * text for text in texts]
            assert len(begun) == processes.width + after, "only the one in the place of that with the long answer"
    assert all(child._process.poll() is not None for child in begun)


def test_a_system_that_starts_no_process_costs_time_only(cache, laying, expected, monkeypatch):
    def refused(*_: object) -> ChildProcess:
        raise OSError

    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr(side_by_side, "ChildProcess", refused)
    with Rendering(cache, SOME, laying) as making:
        assert all_in(some(making), expected)
        assert making._processes._processes == []


def test_what_is_wrong_with_a_template_is_said_the_same(cache, laying, monkeypatch):
    def spoiled(name: str) -> bytes:
        return template(name) if name == DocumentKind.FULL.template else b"no Word file"

    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    told = []
    for making in (None, Rendering(cache, SOME, laying)):
        with pytest.raises(TemplateError) as raised:
            list(some(making, spoiled))
        told.append(str(raised.value))
    making.__exit__(None, None, None)
    assert told[0] == told[1]
