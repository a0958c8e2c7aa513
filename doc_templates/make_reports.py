"""Writes the report templates beside this file; afterwards they are edited in Word, not here.

Run from the repository root: ``python -m doc_templates.make_reports``. The tags are the names given by
:func:`toolkit.report.overall.overall_words`, :func:`~toolkit.report.verification.verification_words` and
:func:`~toolkit.report.project.project_words`.
"""

from pathlib import Path

from doc_templates import brief_report, full_report, project_report, verification_report
from toolkit.excel.files import write_atomic

REPORTS = {
    "整体报告（完整版）.docx": full_report.compose,
    "整体报告（简版）.docx": brief_report.compose,
    "整体核查报告.docx": verification_report.compose,
    "单项目报告.docx": project_report.compose,
}

if __name__ == "__main__":
    for name, compose in REPORTS.items():
        write_atomic(Path(__file__).with_name(name), compose())
