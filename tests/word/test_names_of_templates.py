"""The table of names knows every name the templates use: a document it never met would leave its rows out."""

import csv
import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from toolkit.word.render import compile_template

TEMPLATES = Path(__file__).parents[2] / "doc_templates"


def listed(template: str) -> set[str]:
    with (TEMPLATES / "模板名称.csv").open(encoding="utf-8-sig", newline="") as table:
        return {re.split(r"[.\[]", row["名称"])[0] for row in csv.DictReader(table) if row["模板"] == template}


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.docx")), ids=lambda path: path.stem)
def test_every_name_a_template_uses_stands_in_the_table(path: Path):
    parts = compile_template(path.read_bytes(), path.name).parts
    used = {
        name
        for part in parts
        for name in meta.find_undeclared_variables(Environment(autoescape=True).parse(part.source))
    }
    assert used
    assert not used - listed(path.name), "run python -m doc_templates.make_names"
