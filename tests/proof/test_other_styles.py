"""Reports of other styles than ours: clean they hold nothing to find, and errors put in by hand are found."""

from functools import cache
from pathlib import Path

import pytest

from toolkit.proof.engine import Proof, proof
from toolkit.proof.reading import read_text

CASES = Path(__file__).parent / "cases"
NAMES = ("linjiang", "haining")


@cache
def text(name: str) -> str:
    return (CASES / "styles" / f"{name}.txt").read_text(encoding="utf-8")


@cache
def clean(name: str) -> Proof:
    return proof(read_text(text(name)))


def errors():
    """Report, what is wrong, the words before and after; one that is not found yet is expected to fail."""
    sections = (CASES / "styles.md").read_text(encoding="utf-8").split("\n## ")[1:]
    for section in sections:
        name, *lines = section.splitlines()
        for line in [line for line in lines if line.startswith("| ")][1:]:
            what, old, new, note = (cell.strip() for cell in line.strip("|").split("|"))
            gap = note.startswith("未达")
            marks = pytest.mark.xfail(reason=note) if gap else ()
            yield pytest.param(name, old, new, id=f"{name}: {what}", marks=marks)


def typed(words: str) -> str:
    return words.replace("\\n", "\n").replace("⇥", "\t")


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_report_of_another_style_holds_nothing_to_find(name):
    result = clean(name)
    assert [(finding.kind, finding.message) for finding in result.findings] == []
    assert result.broke == ()
    assert len(result.checked) >= 0.9 * (len(result.checked) + len(result.unchecked))


@pytest.mark.parametrize(("name", "old", "new"), list(errors()))
def test_an_error_put_in_by_hand_is_found(name, old, new):
    assert typed(old) in text(name)
    spoiled = proof(read_text(text(name).replace(typed(old), typed(new), 1)))
    known = {(finding.kind, finding.found, finding.expected) for finding in clean(name).findings}
    found = [finding for finding in spoiled.findings if (finding.kind, finding.found, finding.expected) not in known]
    assert found
    assert len(found) <= CASCADE, [finding.message for finding in found]


CASCADE = 4
"""One error is told in so many findings at most."""
