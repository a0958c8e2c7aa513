"""What is wrong with a template, said before anything is generated from it."""

from toolkit.generate.compiling import plan_template
from toolkit.model import Finding, Scheme


def check_template(template: bytes, scheme: Scheme, workbook: str = "") -> list[Finding]:
    """Unknown tags, missing fields, cells placed twice: all at once, with the cell.

    Args:
        template: bytes of the workbook template.
        scheme: the scheme it is to be bound to.
        workbook: file name for the findings.

    Raises:
        TemplateError: the file is no workbook.
    """
    return [problem.as_finding(workbook) for problem in plan_template(template, scheme)[1]]
