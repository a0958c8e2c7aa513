"""结果应用: what follows for a project, from its grade and the classes of its problems."""

import re
from collections.abc import Sequence

from toolkit.model import Application, ApplicationRule, Consequence, ProblemHit, ProblemRow, Scheme, ScoreSheet

UNSCORED = "未评分"
_COUNTED = re.compile(r"^.*?\{n\}个(?:项目的?)?")
_CLAUSE = re.compile("[，：；。（]")


def application_of(
    scheme: Scheme, project: str, sheet: ScoreSheet | None, hits: Sequence[ProblemHit]
) -> Application | None:
    """The first rule that fits, or what a single problem calls for where that is graver; None where nothing fits."""
    grade = sheet.grade if sheet and sheet.has_data else UNSCORED  # "" where the scheme has no grades
    may_change = sheet is not None and sheet.provisional
    classes = {hit.row.problem_class for hit in hits}
    ruled = next(
        (
            Application(project, rule.consequence, rule.measure, _because(grade, rule, may_change))
            for rule in scheme.applications
            if rule.grade in ("", grade) and (rule.problem_class is None or rule.problem_class in classes)
        ),
        None,
    )
    called = max((hit for hit in hits if hit.row.consequence), key=_gravity, default=None)
    if called is None or (ruled is not None and _gravity(called) <= ruled.consequence.rank):
        return ruled
    consequence = called.row.consequence or Consequence.AFTER_CORRECTION
    because = f"有{called.row.problem_class}类问题（{_named(called.row)}）"
    return Application(project, consequence, called.row.advice, because)


def _named(row: ProblemRow) -> str:
    """A problem in a few words, without numbers: 月活跃用户不足注册用户的四成; its code where its sentence has none."""
    words = _CLAUSE.split(_COUNTED.sub("", row.summary))[0]
    return words if words and "{" not in words else row.code


def _gravity(hit: ProblemHit) -> int:
    return hit.row.consequence.rank if hit.row.consequence else -1


def _because(grade: str, rule: ApplicationRule, may_change: bool) -> str:
    """What the rule goes by; a grade that indicators still to be judged can change is no settled ground."""
    told = f"等级暂定为{grade}，尚有指标待评定" if may_change else f"等级为{grade}"
    parts = [told] if rule.grade else []
    return "，".join([*parts, *([f"有{rule.problem_class}类问题"] if rule.problem_class else [])]) or "其余项目"
