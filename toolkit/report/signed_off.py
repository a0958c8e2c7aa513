"""三级复核表 of the reports' annexes: a tick for every level at which all indicators of a project are signed."""

from collections.abc import Iterator, Sequence

from toolkit.model.signed_off import LevelSigned, SignedProject
from toolkit.report import listing
from toolkit.report.facts import ReportFacts
from toolkit.text.number_runs import number_runs

_NONE = "—"


def review_words(facts: ReportFacts) -> dict[str, object]:
    """Name 三级复核 of the overall report: a row for each project, one for all signed alike; {} where nobody signed."""
    alike: dict[tuple[tuple[str, str], ...], list[SignedProject]] = {}
    for project in facts.signed:
        said = {"状态": project.state} | {level.level: _words(level) for level in project.levels}
        alike.setdefault(tuple(said.items()), []).append(project)
    order = [project.id for project in facts.roster.projects]
    every = list(alike.items())
    rows: list[dict[str, object]] = [
        {**_whose(projects, order), **dict(said)} for said, projects in listing.first(every)
    ]
    others = sum(len(projects) for _, projects in listing.rest(every))
    rows = listing.closed(rows, others, "单项目报告", name="项目")
    return {"三级复核": {"行": rows} if rows else {}}


def _whose(projects: Sequence[SignedProject], order: Sequence[str]) -> dict[str, str]:
    """1 云课堂; of several signed alike 1至39 39个项目."""
    ids = [project.project for project in projects]
    name = projects[0].name if len(projects) == 1 else f"{len(projects)}个项目"
    return {"序号": number_runs(ids, order), "项目": name}


def own_review(facts: ReportFacts, project: str) -> dict[str, object]:
    """Name 三级复核 of a project's report: a row for each level; {} where nobody has signed."""
    rows = [row for own in facts.signatures.get(project, ()) for row in _rows(own.levels)]
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
