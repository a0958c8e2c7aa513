"""评审 without Qt: warnings, evidence an opinion cites, agreement in words, workbooks taken in."""

from pathlib import Path

import pytest

from toolkit.desktop.state import reviewing

OPINION = {"project": "1", "indicator": "D101", "title": "成效", "item": "完成值", "warnings": []}


def item(code: str, **known: object) -> dict:
    return {"code": code, "title": code, "required": False, "claimed": "", "named": "", "file": "", "sha256": "",
            "pages": None, "bytes": 0, "openable": False} | known  # fmt: skip


def test_an_opinion_says_what_speaks_against_it() -> None:
    recused = {**OPINION, "warnings": ["评价人甲应回避：曾在该单位任职"]}
    alone = {**OPINION, "indicator": "", "title": "", "item": "合同金额", "warnings": ["缺复核人", "没有写佐证"]}
    assert reviewing.shown_opinion(OPINION) == OPINION | {"place": "D101 成效", "warning": "", "state": "完整"}
    shown = reviewing.shown_opinion(alone)
    assert (shown["place"], shown["warning"], shown["state"]) == ("合同金额", "缺复核人；没有写佐证", "有提醒")
    assert reviewing.summary([OPINION]) == "评审意见 1 条，都有第二人复核，没有须回避的。"
    assert reviewing.summary([OPINION, recused, alone]) == "评审意见 3 条，须回避 1 条，缺第二人或两人相同 1 条。"
    assert reviewing.summary([]) == "评审意见 0 条。"


def test_evidence_an_opinion_cites_comes_first_and_what_is_missing_is_said() -> None:
    items = [
        item("E01", required=True),
        item("E02"),
        item("E03", claimed="已提供", named="批复.pdf", file="批复.pdf", sha256="a", pages=3, openable=True),
        item("", title="清单以外的文件", file="坏.pdf", sha256="b"),
    ]
    rows = reviewing.shown_evidence(items, "E03、E11")
    assert [(row["code"], row["cited"], row["came"], row["pages_shown"]) for row in rows] == [
        ("E03", "本条引用", "批复.pdf", "3页"), ("E01", "", "没有收到文件", ""), ("E02", "", "", ""),
        ("", "", "坏.pdf", "打不开"),
    ]  # fmt: skip
    assert rows[0]["said"] == "已提供　批复.pdf"


def test_agreement_is_told_with_what_is_still_to_be_done() -> None:
    measured = {"compared": 10, "same": 6, "within": 8, "percent": "0.8000", "kappa": "0.7123"}
    standing = {"given": ["甲", "乙"], "locked": ["甲", "乙"], "agreement": measured, "differing": 2, "ruled": 1}
    words = reviewing.agreement_words
    assert words({}).startswith("没有双人打分")
    assert words(standing | {"locked": ["甲"]}) == "双人打分：已发 2 册，待收回 乙；收齐后比对。"
    assert words(standing) == (
        "双人打分：可比 10 项，完全一致 6 项，容差内一致率 80.0%，Kappa 0.71；超过容差 2 项，待裁定 1 项。"
    )
    assert words(standing | {"differing": 0, "agreement": measured | {"kappa": ""}}).endswith("80.0%；没有超过容差的。")
    assert "无从比对" in words(standing | {"agreement": measured | {"compared": 0}})


def test_a_workbook_taken_in_leaves_the_present_one_beside_it(tmp_path: Path) -> None:
    folder, sent = tmp_path / "评价", tmp_path / "甲填的.xlsx"
    folder.mkdir()
    sent.write_bytes(b"1")
    assert reviewing.take_workbook(str(sent), str(folder)) == "已读入“甲填的.xlsx”。"
    assert "没有改动" in reviewing.take_workbook(str(sent), str(folder))
    sent.write_bytes(b"2")
    assert "（读入前1）" in reviewing.take_workbook(str(sent), str(folder))
    sent.write_bytes(b"3")
    assert "（读入前2）" in reviewing.take_workbook(str(sent), str(folder))
    assert (folder / "评审意见（读入前1）.xlsx").read_bytes() == b"1"
    assert (folder / reviewing.WORKBOOK).read_bytes() == b"3"


def test_a_workbook_that_cannot_be_copied_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    present, sent = tmp_path / reviewing.WORKBOOK, tmp_path / "甲填的.xlsx"
    present.write_bytes(b"1")
    sent.write_bytes(b"2")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reviewing.shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space"):
        reviewing.take_workbook(str(sent), str(tmp_path))
    assert present.read_bytes() == b"1"
    (tmp_path / "评价").mkdir()
    with pytest.raises(OSError, match="No space"):
        reviewing.take_workbook(str(sent), str(tmp_path / "评价"))
