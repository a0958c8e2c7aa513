"""The manual in docs/ is what the declarations say today."""

from pathlib import Path

from toolkit.rules import KINDS
from toolkit.rules.handbook import handbook


def test_the_manual_is_not_stale():
    kept = (Path(__file__).parents[2] / "docs" / "评分规则手册.md").read_text(encoding="utf-8")
    assert kept == handbook(), "请运行 python -m toolkit.rules.handbook > docs/评分规则手册.md"


def test_every_kind_is_shown_with_its_formula_and_an_example():
    pages = handbook().split("\n## ")[1:]
    assert [page.splitlines()[0] for page in pages] == [kind.label for kind in KINDS.values()]
    for page in pages:
        assert "- 公式：`=ROUND(" in page
        assert "- 评分标准：" in page
        assert "- 算例：" in page
