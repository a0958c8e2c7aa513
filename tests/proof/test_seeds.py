"""Five published documents as a careful reader sees them: contradictions are found, odd but right places are not."""

import os
from functools import cache
from pathlib import Path

import pytest

from toolkit.proof.declaration import Verdict
from toolkit.proof.engine import Proof, proof
from toolkit.proof.reading import read_document

SEEDS = Path(os.environ.get("JIXIAO_SEEDS") or Path(__file__).parents[3] / "shared" / "reference" / "seeds")
CASES = Path(__file__).parent / "cases" / "seeds.md"
FILES = {path.name: path for path in SEEDS.glob("*.txt")}
pytestmark = pytest.mark.skipif(not FILES, reason="没有找到公开报告（可用环境变量 JIXIAO_SEEDS 指定）")


def rows(part: int) -> list[list[str]]:
    """The cells of one of the tables of the case file."""
    section = CASES.read_text(encoding="utf-8").split("\n## ")[part]
    lines = [line for line in section.splitlines() if line.startswith("| ")][1:]
    return [
        [cell.strip().replace("\\|", "|") for cell in line.strip("| ").replace("\\|", "\0").split("|")]
        for line in lines
    ]


CONTRADICTIONS = [[cell.replace("\0", "|") for cell in row] for row in rows(1)]
FINE = [[cell.replace("\0", "|") for cell in row] for row in rows(2)]


def marked(case):
    """A case that no rule finds yet, as the file says, is expected to fail."""
    gap = case[3].startswith("未达")
    return pytest.param(case, marks=pytest.mark.xfail(reason=case[3]) if gap else ())


@cache
def read(name: str) -> Proof:
    """The proof of a seed, by the beginning of its name."""
    path = next(path for file, path in sorted(FILES.items()) if file.startswith(name))
    return proof(read_document(path.read_bytes(), path.name))


def told(finding) -> str:
    """All a finding says."""
    return f"{finding.found}　{finding.expected}　{finding.message}　{finding.working}"


@pytest.mark.parametrize("case", [marked(case) for case in CONTRADICTIONS], ids=lambda case: f"{case[0]}: {case[1]}")
def test_a_contradiction_is_found(case):
    name, names, verdict, _ = case
    findings = read(name).findings
    named = [
        finding
        for finding in findings
        if all(any(word in told(finding) for word in part.split("|")) for part in names.split(", "))
    ]
    assert named, [told(finding) for finding in findings]
    if verdict == "不一致":
        assert any(finding.verdict is Verdict.DIFFERS for finding in named)


@pytest.mark.parametrize("case", FINE, ids=lambda case: f"{case[0]}: {case[1]}")
def test_an_odd_but_right_place_is_no_contradiction(case):
    name, printed, _ = case
    wrong = [
        told(finding)
        for finding in read(name).findings
        if finding.verdict is Verdict.DIFFERS and finding.found == printed
    ]
    assert wrong == []


@pytest.mark.parametrize("name", sorted({case[0] for case in CONTRADICTIONS + FINE}))
def test_no_rule_breaks_on_a_seed(name):
    assert read(name).broke == ()
