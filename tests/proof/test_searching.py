"""Rules look only at texts that hold a word their patterns need: none in which a pattern is found is left out."""

import sys

import pytest

from toolkit.proof.catalogue import RULES
from toolkit.proof.outline import body, body_with, prose, prose_with
from toolkit.proof.reading import read_text
from toolkit.proof.report import Report
from toolkit.proof.shapes import shapes, shapes_with
from toolkit.proof.trials import spots, spots_with
from toolkit.text.folding import half_width
from toolkit.text.patterns import Pattern

EXAMPLES = sorted({text for rule in RULES for text in (*rule.good, *rule.bad)})
PATTERNS = sorted(
    {
        pattern.pattern: pattern
        for name, module in sys.modules.items()
        if name.startswith("toolkit.proof.")
        for pattern in vars(module).values()
        if isinstance(pattern, Pattern) and not pattern.flags
    }.items()
)


def test_every_pattern_of_the_rules_is_found_only_where_its_words_stand():
    assert len(PATTERNS) > 500
    whole = "\n".join(EXAMPLES)
    for _, pattern in PATTERNS:
        lacking = [words for words in pattern.needed if not any(word in whole for word in words)]
        assert not (lacking and pattern.search(whole)), pattern
    texts = EXAMPLES[::7]
    for _, pattern in PATTERNS:
        for text in texts:
            if not all(any(word in text for word in words) for words in pattern.needed):
                assert pattern.search(text) is None, (pattern, text)


TEXT = (
    "一、概况\n预算１００万元，支出90万元，执行率90%。完成８0%。\n"
    "项目\t金额（万元）\t说明\n甲项目\t10.00\t到位后再支付，已支付５万元。\n合计\t10.00\t无\n二、结论\n执行率为90%。"
)


@pytest.mark.parametrize(
    "text", ["执行率", "支付[0-9]", "[0-9]+%", "到位|结论", "万元，支出", "没有", "1[0-9]*万元|已.*5万元"]
)
def test_texts_sentences_shapes_and_numbers_in_which_a_pattern_is_found(text):
    pattern, report = Pattern(text), Report.of(read_text(TEXT))
    document = report.document
    pairs = [
        (report.sentences, report.sentences_with(pattern), lambda item: item.text),
        (report.prose, report.prose_with(pattern), lambda item: item.text),
        (report.outside_tables, report.outside_with(pattern), lambda item: item.text),
        (body(document), body_with(document, pattern), lambda item: item.text),
        (prose(document), prose_with(document, pattern), lambda item: item[1]),
        (document.texts(), document.texts_with(pattern), lambda item: item[1]),
        (document.texts(4), document.texts_with(pattern, least=4), lambda item: item[1]),
        (document.texts(), document.half_width_with(pattern), lambda item: half_width(item[1])),
        (shapes(report), shapes_with(report, pattern), lambda item: item.text),
        (spots(report), spots_with(report, pattern), lambda item: item.sentence),
    ]
    for every, fitting, told in pairs:
        found = [item for item in every if pattern.search(told(item))]
        assert [item for item in fitting if pattern.search(told(item))] == found


def test_sentences_of_a_place_and_those_with_several_numbers():
    report = Report.of(read_text(TEXT))
    for sentence in report.sentences:
        assert sentence in report.sentences_at(sentence.place)
    assert [each.text for each in report.with_several_numbers] == ["预算１００万元，支出90万元，执行率90%。"]
    assert all(len(report.facts_at(place)) > 1 for place, _ in report.texts_with_several_numbers)
    assert {place for place, _ in report.texts_with_several_numbers} >= {
        each.place for each in report.with_several_numbers
    }
