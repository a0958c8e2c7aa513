"""The handbook in docs/ is what the declarations say today, and holds every code there is."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import toolkit
from toolkit.pipeline.codes import CODES, DeclaredCode, Origin, gathered
from toolkit.pipeline.deliver.handbook import handbook

_CODE = re.compile(r"[A-Z]{3,}-\d\d")
_CATALOGUES = ("code_titles.py", "findings.py", "wording.py")
_LISTED = re.compile(r"^(?:\| |## )([A-Z]{3,}-\d\d)\b", re.MULTILINE)


@cache
def _texts_in_the_program() -> Mapping[Path, tuple[ast.Constant | ast.JoinedStr, ...]]:
    """The constants and texts with places of every module."""
    found = {}
    for path in Path(toolkit.__file__).parent.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        found[path] = tuple(node for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr))
    return found


def _codes_in_the_program() -> Iterator[tuple[str, str]]:
    """Every text in the code that is a finding's code, with its file: wherever a code is given, it is written out."""
    for path, texts in _texts_in_the_program().items():
        for node in texts:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
                yield node.value, path.name


def test_the_handbook_is_not_stale() -> None:
    kept = (Path(__file__).parents[2] / "docs" / "检查项手册.md").read_text(encoding="utf-8")
    assert kept == handbook(), "请运行 python -m toolkit.pipeline.deliver.handbook > docs/检查项手册.md"


def test_every_code_that_can_be_printed_is_in_it() -> None:
    listed = set(_LISTED.findall(handbook()))
    missing = {(code, file) for code, file in _codes_in_the_program() if code not in listed}
    assert missing == set()


def test_no_code_is_listed_that_nothing_gives() -> None:
    given = {code for code, file in _codes_in_the_program() if file not in _CATALOGUES}
    assert set(_LISTED.findall(handbook())) - given == set()


def test_codes_are_put_together_nowhere() -> None:
    """A code made up at run time (``f"READ-{n}"``) would escape the test above."""
    for path, texts in _texts_in_the_program().items():
        for node in texts:
            if isinstance(node, ast.JoinedStr):
                parts = [str(one.value) for one in node.values if isinstance(one, ast.Constant)]
                assert not any(re.search(r"[A-Z]{3,}-\d?$", part) for part in parts), (path.name, parts)


def test_the_catalogue_holds_every_code_of_the_program_once() -> None:
    given = {code for code, _ in _codes_in_the_program()}
    assert given == set(CODES)
    assert all(declared.title for declared in CODES.values())
    with pytest.raises(ValueError, match="FUND-01"):
        gathered([DeclaredCode("FUND-01", Origin.CHECK, title) for title in ("这样", "那样")])


def test_the_catalogue_says_severity_kind_hint_and_source() -> None:
    declared = CODES["FUND-01"]
    assert declared.severity is not None
    assert (declared.severity.label, declared.kind) == ("须更正", "资金数据")
    assert declared.hint
    assert declared.source
    assert {CODES[code].kind for code in ("SCHEME-01", "ROSTER-01", "REVIEW-03")} == {""}
