"""Line feeds and tabs in values become what docxtpl makes of them."""

from docxtpl import DocxTemplate
from hypothesis import given
from hypothesis import strategies as st

from toolkit.word.template_text import with_breaks

WORDS = st.text(alphabet="甲b \t\n", max_size=6)
LOOK = st.sampled_from(("", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:sz w:val="21"/></w:rPr>'))
SPACE = st.sampled_from(("", ' xml:space="preserve"'))
RUNS = st.lists(st.tuples(LOOK, SPACE, WORDS, SPACE, WORDS), max_size=3)
PARAGRAPHS = st.lists(st.tuples(st.sampled_from(("", "<w:pPr><w:keepNext/></w:pPr>")), RUNS), min_size=1, max_size=3)


def written(paragraphs: list[tuple[str, list[tuple[str, str, str, str, str]]]]) -> str:
    def run(look: str, space: str, words: str, other: str, further: str) -> str:
        return f"<w:r>{look}<w:t{space}>{words}</w:t><w:noBreakHyphen/><w:t{other}>{further}</w:t></w:r>"

    return "".join(f"<w:p>{look}{''.join(run(*each) for each in runs)}</w:p>" for look, runs in paragraphs)


@given(PARAGRAPHS)
def test_breaks_are_those_of_docxtpl(paragraphs: list[tuple[str, list[tuple[str, str, str, str, str]]]]):
    text = written(paragraphs)
    assert with_breaks(text) == DocxTemplate("").resolve_listing(text)


def test_a_tab_is_a_run_that_looks_like_its_own():
    text = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲\t乙</w:t></w:r></w:p>"
    assert with_breaks(text) == (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>甲</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:tab/></w:r>"
        '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">乙</w:t></w:r></w:p>'
    )
