"""What copies do for a demonstration beside other work; the same is done here where there is no copy."""

from datetime import datetime

import pytest

from toolkit.collect.child import can_copy
from toolkit.generate import compile_template
from toolkit.pipeline import load
from toolkit.pipeline.plan import remembering, setup
from toolkit.pipeline.plan.side_by_side import in_a_copy, no_answer

NOW = datetime(2023, 2, 6).astimezone()
SAMPLE = "nanchang-2022"


def played(folder):
    """The returned files by name."""
    return {path.name: path.read_bytes() for path in (folder / "03-收件箱").iterdir()}


@pytest.mark.parametrize("copied", [True, False])
def test_units_are_played_beside_the_work_with_the_same_result(tmp_path, monkeypatch, copied):
    if copied and not can_copy():  # asked now: tests of the window in the same process may have begun threads
        pytest.skip("processes are copied on Linux alone, before there are threads")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    answers = []

    def noted(work):
        answer = in_a_copy(work) if copied else no_answer
        return lambda: answers.append(answer()) or answers[-1]

    monkeypatch.setattr(setup, "in_a_copy", noted)
    setup.set_up(tmp_path, SAMPLE, NOW)
    assert played(tmp_path) == {}
    setup.begin_rehearsing(load(tmp_path), SAMPLE)()
    assert [answer is not None for answer in answers] == [copied]
    beside = played(tmp_path)
    for path in (tmp_path / "03-收件箱").iterdir():
        path.unlink()
    assert setup.rehearse(load(tmp_path), SAMPLE) == len(beside)
    assert played(tmp_path) == beside != {}


@pytest.mark.parametrize("copied", [True, False])
def test_a_template_is_compiled_beside_the_work(tmp_path, monkeypatch, copied):
    if copied and not can_copy():
        pytest.skip("processes are copied on Linux alone, before there are threads")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    monkeypatch.setattr(setup, "in_a_copy", in_a_copy if copied else lambda _: no_answer)
    setup.set_up(tmp_path, SAMPLE, NOW)
    setup.begin_compiling(evaluation := load(tmp_path))()
    compiled = []
    monkeypatch.setattr(remembering, "compile_template", lambda *given: compiled.append(1) or compile_template(*given))
    assert evaluation.template.layout.slots
    assert len(compiled) == (not copied)
