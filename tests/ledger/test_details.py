"""What events say: bytes as earlier versions recorded them, and what nobody's program wrote is named."""

import json
import re
import sqlite3
import zipfile
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import LedgerError
from toolkit.ledger import Event, EventKind
from toolkit.ledger.chain import Anchor, find_problems, link_hash
from toolkit.ledger.details import DamagedDetailsError, declared_kinds, read_details
from toolkit.ledger.kinds import FileReceived, Resolved

HERE = Path(__file__).parent
RECORDED = [tuple(json.loads(line)) for line in (HERE / "recorded_details.jsonl").read_text("utf-8").splitlines()]
UPGRADED = HERE.parent / "upgrade" / "workspace-0.1.0.zip"


def event(kind: str, detail: str, seq: int = 3) -> Event:
    columns = ("2026-01-05T09:00:00+00:00", kind, "1", "", "", detail, "once")
    return Event(seq, *columns, "0" * 64, link_hash("0" * 64, columns, None))


def test_every_kind_has_one_class_and_recorded_bytes() -> None:
    assert set(declared_kinds()) == set(EventKind) == {kind for kind, _ in RECORDED}


@pytest.mark.parametrize(("kind", "text"), RECORDED)
def test_what_was_recorded_is_read_and_written_again_byte_for_byte(kind: str, text: str) -> None:
    assert read_details(kind, text).written() == text


def test_events_of_version_0_1_0_are_read_and_their_hashes_hold(tmp_path: Path) -> None:
    with zipfile.ZipFile(UPGRADED) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".sqlite3"))
        path = Path(archive.extract(name, tmp_path))
    with closing(sqlite3.connect(path)) as file:
        rows = file.execute("SELECT kind, detail FROM event").fetchall()
    assert len(rows) > 10
    assert [read_details(kind, text).written() for kind, text in rows] == [text for _, text in rows]


FORGED = [
    ("received", '{"文件名":"a.xlsx","字节数":"12","所在":""}', "“字节数”不是应有的样式：12"),
    ("received", '{"文件名":"a.xlsx","字节数":12.5,"所在":""}', "“字节数”不是应有的样式"),
    ("received", '{"文件名":"a.xlsx","字节数":true,"所在":""}', "“字节数”不是应有的样式"),
    ("received", '{"字节数":12,"所在":""}', "缺少“文件名”"),
    ("received", '{"文件名":"a.xlsx","字节数":1,"所在":"","批准":"是"}', "多出不认识的“批准”"),
    ("received", '{"文件名":["a.xlsx"],"字节数":1,"所在":""}', "“文件名”不是应有的样式"),
    ("received", "[]", "不是 JSON 对象"),
    ("received", "{", "不是 JSON 对象"),
    ("received", "", "不是 JSON 对象"),
    ("received", "[" * 100_000, "不是 JSON 对象"),
    ("received", '{"文件名":"\\ud800","字节数":1,"所在":""}', "不是"),
    ("resolved", '{"处理":"删除"}', "“处理”不是应有的样式：删除"),
    ("resolved", '{"处理":"核定","核定值":"很多","数值":true}', "“核定值”不是数字：很多"),
    ("resolved", '{"处理":"核定","核定值":"NaN","数值":true}', "“核定值”不是可用的数字"),
    ("resolved", '{"处理":"核定","核定值":"1E+999999","数值":true}', "“核定值”不是可用的数字"),
    ("resolved", '{"处理":"豁免","有效期至":"2026-02-30"}', "“有效期至”不是应有的样式"),
    ("surveyed", '{"文件名":"a","指标":"1","问卷":"Q","取值":{"值":"NaN"},"说明":""}', "“取值”不是应有的样式"),
    ("scorebook_locked", '{"校验值":"","文件名":"","打分":[["1"]]}', "“打分”不是应有的样式"),
    ("scorebook_locked", '{"校验值":"","文件名":"","打分":[["1","D","x",["数","很多"],"",""]]}', "很多"),
    ("initialised_twice", "{}", "没有“initialised_twice”这种事件"),
]


@pytest.mark.parametrize(("kind", "text", "words"), FORGED)
def test_what_no_program_writes_is_located_even_where_the_chain_holds(kind: str, text: str, words: str) -> None:
    forged = event(kind, text)
    with pytest.raises(LedgerError, match=re.escape(words)) as raised:
        _ = forged.details
    assert raised.value.where == "台账第 3 条"
    assert "ledger verify" in raised.value.what_to_do
    (problem,) = find_problems([replace(forged, seq=1)], Anchor(1, forged.hash), None)
    assert words in problem.message


def test_an_event_of_another_kind_is_not_taken_for_this_one() -> None:
    with pytest.raises(LedgerError, match="不是“resolved”事件"):
        event("received", '{"文件名":"a","字节数":1,"所在":""}').says(Resolved)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(recorded=st.sampled_from(RECORDED), data=st.data(), value=JSON)
@settings(max_examples=60, deadline=None)
def test_one_field_of_anything_else_is_read_as_itself_or_named(
    recorded: tuple[str, str], data: st.DataObject, value: object
) -> None:
    kind, text = recorded
    held = json.loads(text)
    held[data.draw(st.sampled_from([*held, "别的"]))] = value
    forged = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with suppress(DamagedDetailsError):
        assert json.loads(read_details(kind, forged).written()).items() <= held.items()


def test_a_damaged_event_can_still_be_printed() -> None:
    assert event("received", "{").printed() == {"原文": "{"}
    assert event("received", "[1]").printed() == {"原文": "[1]"}
    assert FileReceived(file="a", size=1, folder="").as_json() == {"文件名": "a", "字节数": 1, "所在": ""}
