"""Names looked for all at once are those that looking for one after another finds."""

from hypothesis import given
from hypothesis import strategies as st

from toolkit.proof.name_starts import NameStarts

NAMES = st.lists(st.text("甲乙丙", min_size=1, max_size=4), unique=True)


@given(names=NAMES, text=st.text("甲乙丙丁", max_size=12))
def test_within(names: list[str], text: str) -> None:
    assert NameStarts(names).within(text) == [name for name in names if name in text]


def test_names_of_which_a_piece_stands_in_the_text() -> None:
    starts = NameStarts(["数据治理平台", "电子证照系统"], 2, lambda name: (name[:3], name[3:]))
    assert starts.near("建成数据治埋平台") == ["数据治理平台"]
    assert starts.near("建成智慧城管") == []
