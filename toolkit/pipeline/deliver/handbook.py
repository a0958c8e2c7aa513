"""检查项手册: every code a finding can carry, whichever stage gives it.

Print: ``python -m toolkit.pipeline.deliver.handbook``.
"""

import sys

from toolkit.checks.handbook import check_pages
from toolkit.pipeline.codes import CODES, DeclaredCode, Origin

_PREFACE = """# 检查项手册

本手册由程序按各项声明生成，请勿手工修改（`python -m toolkit.pipeline.deliver.handbook > docs/检查项手册.md`）。
问题清单、退回整改单和报告附件中出现的每个编号都在这里：先是检查项，后是读取、文件、方案等其他编号。
"""


def handbook() -> str:
    """The whole handbook as markdown."""
    return "".join(
        (
            _PREFACE,
            check_pages(),
            _table(Origin.READING, ("编号", "程度", "说的是什么", "怎么办")),
            _table(Origin.FILES, ("编号", "说的是什么", "怎么办")),
            _table(Origin.EVALUATORS, ("编号", "说的是什么", "怎么办")),
            _table(Origin.TEAM, ("编号", "说的是什么", "怎么办")),
            _table(Origin.SCHEME, ("编号", "说的是什么")),
        )
    )


def _table(origin: Origin, headings: tuple[str, ...]) -> str:
    rows = [_row(declared, headings) for declared in CODES.values() if declared.origin is origin]
    lines = [headings, ("---",) * len(headings), *rows]
    return f"\n# {origin}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _row(declared: DeclaredCode, headings: tuple[str, ...]) -> tuple[str, ...]:
    severity = declared.severity.label if declared.severity else ""
    words = {"编号": declared.code, "程度": severity, "说的是什么": declared.title, "怎么办": declared.hint}
    return tuple(words[heading] for heading in headings)


if __name__ == "__main__":
    sys.stdout.write(handbook())
