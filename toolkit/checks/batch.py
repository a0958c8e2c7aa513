"""Doubts that only all projects together can raise."""

from collections.abc import Mapping

from toolkit.model import CellRef, Finding, Roster, Scheme, Severity, Submission


def batch_findings(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    """Projects without a return, and one file's bytes returned for two projects."""
    return [*_not_returned(scheme, roster, submissions), *_same_file(submissions)]


def _not_returned(scheme: Scheme, roster: Roster, submissions: Mapping[str, Submission]) -> list[Finding]:
    return [
        Finding(
            "BATCH-01",
            Severity.ERROR,
            CellRef(),
            f"项目{one.id}“{one.name}”（{one.unit}）尚未报送采集表",
            f"向{one.unit}催报；未报送的项目按无数据计分并在报告中列明",
            project=one.id,
            found="未报送",
            expected=f"《{scheme.title}》采集表一份",
        )
        for one in roster.projects
        if one.id not in submissions
    ]


def _same_file(submissions: Mapping[str, Submission]) -> list[Finding]:
    owners: dict[str, list[str]] = {}
    for project, submission in submissions.items():
        owners.setdefault(submission.sha256, []).append(project)
    return [
        Finding(
            "BATCH-02",
            Severity.ERROR,
            CellRef(submissions[projects[0]].file_name),
            f"项目{'、'.join(projects)}报送的是同一个文件",
            "每个项目各报一份采集表",
            project=projects[0],
        )
        for projects in owners.values()
        if len(projects) > 1
    ]
