"""The checks' pages of 检查项手册: every check as declared, for units, consultants and auditors."""

from toolkit.checks.batch_codes import BATCH_CODES, BatchCode
from toolkit.checks.catalogue import CHECKS
from toolkit.checks.declaration import Check

_PREFACE = """
# 检查项

每个检查项有四种结果：通过、有发现、未核查（写明缺什么）、程序出错（是工具的问题，写明并记日志）。
程度：须更正——退回单位改正；请核实——向单位核实后由评价人判断；提示——供了解。
方案《勾稽》表中的每条关系也按同样方式核查，编号和程度以方案为准；与内置检查项说的是同一件事时只列一条，并注明勾稽编号。
BATCH 各项把全部项目放在一起核查。方案工作簿的《核查设置》表可以停用某项、降低程度或规定容差，须写明理由。
"""


def check_pages() -> str:
    """An overview and one entry per check, as markdown."""
    rows = "\n".join(f"| {check.code} | {check.severity.label} | {check.title} |" for check in CHECKS)
    rows += "".join(f"\n| {batch.code} | {batch.severity.label} | {batch.title} |" for batch in BATCH_CODES.values())
    overview = f"\n| 编号 | 程度 | 查什么 |\n|---|---|---|\n{rows}\n"
    return _PREFACE + overview + "".join(map(_entry, CHECKS)) + "".join(map(_head, BATCH_CODES.values()))


def _entry(check: Check) -> str:
    needs = f"- 需要：{'、'.join(check.needs)}（任一项未填则不核查）\n" if check.needs else ""
    return f"{_head(check)}{needs}- 依据：{check.source}\n"


def _head(declared: Check | BatchCode) -> str:
    return (
        f"\n## {declared.code} {declared.title}\n\n"
        f"- 程度：{declared.severity.label}\n"
        f"- 提示语：{declared.message}\n"
        f"- 怎么改：{declared.hint}\n"
    )
