"""报告: the master's figures → Word reports, and the proof that a report still says what the master says.

In: :class:`ReportFacts` (scheme, roster, figures, date) and the Word templates. Out: documents, one after another.
Numbers come from the master's figures only and stay traceable to their cell; sentences that depend on data are chosen
here, everything else is written in the templates.
"""

from toolkit.model.document_kind import DocumentKind
from toolkit.report.documents import Document, Laid, render_reports
from toolkit.report.facts import ReportFacts
from toolkit.report.material import Named, faults
from toolkit.report.overall import left_out
from toolkit.report.planned import PROJECT_REPORT, report_names
from toolkit.report.printed_report import PrintedReport, read_report
from toolkit.report.setting import source_values
from toolkit.report.verify import cell_shown, still_says, verify_report

__all__ = [
    "PROJECT_REPORT",
    "Document",
    "DocumentKind",
    "Laid",
    "Named",
    "PrintedReport",
    "ReportFacts",
    "cell_shown",
    "faults",
    "left_out",
    "read_report",
    "render_reports",
    "report_names",
    "source_values",
    "still_says",
    "verify_report",
]
