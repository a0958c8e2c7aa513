"""Forms of operations: every operation is offered somewhere, its fields come from its declaration."""

import re

import pytest

from toolkit.desktop.state import forms
from toolkit.desktop.state.steps import NAMES
from toolkit.operations import OPERATIONS, BadRequest, Kind, Operation, Parameter, operation


def test_every_operation_of_the_command_line_can_be_reached_from_the_window() -> None:
    offered = {wanted.name for page in NAMES for wanted in forms.offered_on(page)}
    reached = offered | forms.PLACED
    assert {wanted.name for wanted in OPERATIONS if wanted.on_command_line} <= reached


def test_an_operation_that_names_no_page_is_offered_at_the_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    later = Operation("later", "以后才有的", "以后才有的操作。", lambda _asked: None)  # type: ignore[arg-type,return-value]
    monkeypatch.setattr(forms, "OPERATIONS", (*OPERATIONS, later))
    assert later in forms.offered_on("归档")
    assert {wanted.page for wanted in OPERATIONS} <= {"", *NAMES}


@pytest.mark.parametrize(
    "wanted", [wanted for page in NAMES for wanted in forms.offered_on(page)], ids=lambda each: each.name
)
def test_no_form_speaks_of_options_or_repeats_a_label(wanted: Operation) -> None:
    fields = forms.fields_of(wanted)
    labels = [field.label for field in fields]
    assert len(set(labels)) == len(labels)
    words = " ".join((forms.said(wanted, wanted.help), *labels, *(field.hint for field in fields)))
    assert not re.search(r"--[a-z]", words), words
    assert [field.required for field in fields] == sorted((field.required for field in fields), reverse=True)
    assert not {field.kind for field in fields} & {Kind.ROWS}


def test_what_is_typed_becomes_parameters_the_operation_takes() -> None:
    make = operation("archive make")
    typed = {"file": ' "归档.zip" ', "mask": False, "nonsense": "x"}
    assert forms.parameters_of(make, typed, "/评价") == {"file": "/评价/归档.zip"}
    assert forms.parameters_of(make, {"file": "/别处/归档.zip", "mask": True}, "/评价") == {
        "file": "/别处/归档.zip",
        "mask": True,
    }
    assert forms.parameters_of(operation("merge"), {"paths": [], "settle": " a1 "}) == {"settle": "a1"}
    assert forms.missing(make, {"file": " "}) == ("归档包写到哪里",)


def test_errors_name_fields_instead_of_options() -> None:
    resolve = operation("resolve")
    assert (
        forms.said(resolve, "请在 --accept、--value、--waive 中选一个") == "请在“采纳建议值”、“核定值”、“豁免”中选一个"
    )
    assert forms.said(operation("people notes"), "写指标（--indicator）、单元格（--cell）") == "写指标、单元格"


def test_a_title_goes_before_the_words_of_the_help() -> None:
    typed = Parameter("by", Kind.TEXT, "姓名", "签字人，或提意见的人")
    assert forms.title_of(typed) == "签字人"
    assert forms.title_of(Parameter("by", Kind.TEXT, "姓名", "签字人", title="谁签")) == "谁签"
    assert forms.title_of(Parameter("mask", Kind.FLAG, "脱敏", "另做一份")) == "脱敏"


def test_operations_check_what_a_form_gives() -> None:
    with pytest.raises(BadRequest):
        operation("archive make").asked(None, {}, None, None)  # type: ignore[arg-type]
