"""三级复核表 of the reports' annexes: a tick for every level at which all indicators of a project are signed."""

from collections.abc import Iterator

from toolkit.model.signed_off import LevelSigned
from toolkit.report.facts import ReportFacts

_NONE = "—"


def review_words(facts: ReportFacts) -> dict[str, object]:
    """Name 三级复核 of the overall report: a row for each project; {} where nobody has signed."""
    rows = [
        {"序号": project.project, "项目": project.name, "状态": project.state}
        | {level.level: _words(level) for level in project.levels}
        for project in facts.signed
    ]
    return {"三级复核": {"行": rows} if rows else {}}


def own_review(facts: ReportFacts, project: str) -> dict[str, object]:
    """Name 三级复核 of a project's report: a row for each level; {} where nobody has signed."""
    rows = [row for own in facts.signed if own.project == project for row in _rows(own.levels)]
    return {"三级复核": {"行": rows} if rows else {}}


def _rows(levels: tuple[LevelSigned, ...]) -> Iterator[dict[str, str]]:
    for level in levels:
        yield {
            "级别": level.level,
            "签字": "、".join(level.people) or _NONE,
            "日期": level.day or _NONE,
            "指标": f"{level.signed}/{level.of}",
            "完成": "√" if level.ticked else _NONE,
        }


def _words(level: LevelSigned) -> str:
    """``√ 张三 2024-12-23``; where not all is signed, how much of it is."""
    if not level.signed:
        return _NONE
    who = f"{'、'.join(level.people)} {level.day}"
    return f"√ {who}" if level.ticked else f"{level.signed}/{level.of} {who}"
