"""The table of names knows every name the templates use: a document it never met would leave its rows out."""

import csv
import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from doc_templates.make_names import with_unmet
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


def test_what_the_demo_leaves_empty_is_kept_and_what_is_handed_over_no_more_goes():
    row = ("文字", "张三")
    known = {"甲.docx": {"三级复核": ("组", ""), "三级复核.行[].签字": row, "旧名": row, "单位": row}}
    met = {"甲.docx": {"三级复核": ("组", ""), "单位": ("文字", "市一局")}}
    assert with_unmet(met, known) == {
        "甲.docx": {"三级复核": ("组", ""), "三级复核.行[].签字": row, "单位": ("文字", "市一局")}
    }


def test_what_is_met_within_a_name_replaces_all_that_was_known_of_it():
    known = {"甲.docx": {"行": ("列表", ""), "行[].旧": ("文字", "旧")}}
    met = {"甲.docx": {"行": ("列表", ""), "行[].新": ("文字", "新")}}
    assert with_unmet(met, known) == met


def test_what_the_demo_has_nothing_of_keeps_its_kind():
    known = {"甲.docx": {"数字": ("组", ""), "数字.average": ("数", "88.20"), "旧名": ("文字", "旧")}}
    met = {"甲.docx": {"数字": ("", ""), "新名": ("", "")}}
    assert with_unmet(met, known) == {
        "甲.docx": {"数字": ("组", ""), "数字.average": ("数", "88.20"), "新名": ("组", "")}
    }
