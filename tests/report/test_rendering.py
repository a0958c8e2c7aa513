"""Reports rendered in other processes are the reports rendered here, whatever becomes of the processes."""

import os
import pickle
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.report.sample_masters import SUZHOU_ANHUI, sample, template
from toolkit.cache import Cache
from toolkit.collect.answer import Member
from toolkit.collect.child import ChildProcess
from toolkit.errors import TemplateError
from toolkit.pipeline.deliver.rendering import Rendering
from toolkit.pipeline.plan import remembering, side_by_side
from toolkit.pipeline.plan.side_by_side import SideBySide
from toolkit.report import DocumentKind, documents, render_reports

SOME = 5


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "缓存.sqlite3", b"secret")


def some(making: Rendering | None = None, read: object = template) -> Iterator[bytes]:
    return (one.data for one in islice(render_reports(sample(SUZHOU_ANHUI).facts, read, making=making), SOME))


@pytest.fixture(scope="module")
def expected() -> list[bytes]:
    return list(some())


@pytest.mark.parametrize("killed", [None, 0])
def test_documents_come_in_order_and_equal_though_a_process_is_killed(cache, expected, killed, monkeypatch):
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    with Rendering(cache, SOME) as making:
        for place, (data, own) in enumerate(zip(some(making), expected, strict=True)):
            assert data == own
            if place == killed:
                making._processes._processes[0]._child._process.kill()
        assert making._processes.width > 1


def test_of_very_many_documents_none_is_made_by_a_copy_of_this_process(cache, expected, monkeypatch):
    monkeypatch.setattr(side_by_side, "_TOO_MANY_TO_COPY", SOME)
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr(side_by_side, "serve_as_copy", None)
    with Rendering(cache, SOME) as making:
        assert list(some(making)) == expected
        assert making._processes.width > 1


def test_documents_that_will_not_be_kept_are_made_apart_and_not_told(cache, expected, monkeypatch):
    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr(remembering, "_MOST_DOCUMENTS", 0)
    monkeypatch.setattr(documents, "told", None)
    here, render = os.getpid(), documents.Job.render

    def apart(job: documents.Job) -> bytes:
        assert os.getpid() != here
        return render(job)

    monkeypatch.setattr(documents.Job, "render", apart)
    with Rendering(cache, SOME) as making:
        assert list(some(making)) == expected
    assert not cache.keys("document ")


def test_a_document_made_before_is_found_by_what_it_was_made_from(cache, expected, monkeypatch):
    with Rendering(cache, SOME) as making:
        assert list(some(making)) == expected
    assert len(cache.keys("document ")) > len(expected), "the words each template asks for, too"
    monkeypatch.setattr(documents.Job, "render", None)
    monkeypatch.setattr(side_by_side, "can_copy", lambda: False)
    with Rendering(cache, SOME) as making:
        assert list(some(making)) == expected


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


def test_a_system_that_starts_no_process_costs_time_only(cache, expected, monkeypatch):
    def refused(*_: object) -> ChildProcess:
        raise OSError

    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    monkeypatch.setattr(side_by_side, "ChildProcess", refused)
    with Rendering(cache, SOME) as making:
        assert list(some(making)) == expected
        assert making._processes._processes == []


def test_what_is_wrong_with_a_template_is_said_the_same(cache, monkeypatch):
    def spoiled(name: str) -> bytes:
        return template(name) if name == DocumentKind.FULL.template else b"no Word file"

    monkeypatch.setattr(side_by_side, "WORTH_STARTING", 0)
    told = []
    for making in (None, Rendering(cache, SOME)):
        with pytest.raises(TemplateError) as raised:
            list(some(making, spoiled))
        told.append(str(raised.value))
    making.__exit__(None, None, None)
    assert told[0] == told[1]
