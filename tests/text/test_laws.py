"""政策库: one table of regulations, sound in itself, found by what people write."""

from toolkit.text.laws import STATES, by_number, citations, full_title, laws, number_key, search


def test_the_table_is_sound() -> None:
    assert len(laws()) >= 50
    assert len({(law.name, law.number) for law in laws()}) == len(laws())
    assert {law.state for law in laws()} <= set(STATES)
    assert [law.name for law in laws() if law.replaced_by and number_key(law.replaced_by) not in by_number()] == []
    assert [law.name for law in laws() if law.in_force and law.replaced_by] == []
    assert sum(law.issued is not None for law in laws()) >= 45


def test_a_citation_is_found_by_number_title_or_both() -> None:
    text = "依据财预[2020]10号、《中华人民共和国密码法》和《政务数据共享条例》（国务院令第809号），见《某市办法》"
    assert [cited.law.name if cited.law else "" for cited in citations(text)] == [
        "项目支出绩效评价管理办法", "中华人民共和国密码法", "政务数据共享条例", "",
    ]  # fmt: skip


def test_a_bare_number_becomes_a_full_title_and_nothing_else_changes() -> None:
    assert full_title("财预〔2020〕10号") == "《项目支出绩效评价管理办法》（财预〔2020〕10号）"
    assert full_title("《项目支出绩效评价管理办法》") == "《项目支出绩效评价管理办法》（财预〔2020〕10号）"
    for kept in ("《中华人民共和国密码法》", "政府采购合同", "某财〔2021〕9号", "按财预〔2020〕10号和合同"):
        assert full_title(kept) == kept


def test_it_is_searched_by_words_and_state() -> None:
    assert [law.number for law in search("绩效评价 暂行", "废止")] == ["财预〔2011〕285号", "财预〔2009〕76号"]
    assert [law.name for law in search("财预[2020]10号")] == ["项目支出绩效评价管理办法"]
    assert search("没有这样的文件") == ()
