"""检查项手册: every code a finding can carry, whichever stage gives it.

Print: ``python -m toolkit.pipeline.deliver.handbook``.
"""

import sys
from collections.abc import Iterable

from toolkit.checks.handbook import check_pages
from toolkit.collect.wording import READING_RULES
from toolkit.scheme.findings import TITLES
from toolkit.text.code_titles import OF_EVALUATORS, OF_UNITS

_PREFACE = """# 检查项手册

本手册由程序按各项声明生成，请勿手工修改（`python -m toolkit.pipeline.deliver.handbook > docs/检查项手册.md`）。
问题清单、退回整改单和报告附件中出现的每个编号都在这里：先是检查项，后是读取、文件、方案等其他编号。
"""


def handbook() -> str:
    """The whole handbook as markdown."""
    rules = ((one.code, one.severity.label, one.words, one.hint) for one in READING_RULES.values())
    return "".join(
        (
            _PREFACE,
            check_pages(),
            _table("读取采集表时的提示", ("编号", "程度", "说的是什么", "怎么办"), rules),
            _table("报送文件与佐证材料", ("编号", "说的是什么", "怎么办"), _rows(OF_UNITS.items())),
            _table("评审意见、模板与成果复核", ("编号", "说的是什么", "怎么办"), _rows(OF_EVALUATORS.items())),
            _table("方案与项目清单", ("编号", "说的是什么"), TITLES.items()),
        )
    )


def _rows(titles: Iterable[tuple[str, tuple[str, str]]]) -> Iterable[tuple[str, ...]]:
    return ((code, *words) for code, words in titles)


def _table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ("---",) * len(headings), *rows]
    return f"\n# {title}\n\n" + "".join(f"| {' | '.join(one)} |\n" for one in lines)


if __name__ == "__main__":
    sys.stdout.write(handbook())
