"""The kinds of reports an evaluation gets."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """A kind of report; the value is the Word template's name without extension."""

    FULL = "整体报告（完整版）"
    BRIEF = "整体报告（简版）"
    VERIFICATION = "整体核查报告"
    PROJECT = "单项目报告"

    @property
    def template(self) -> str:
        """File name of the Word template."""
        return f"{self.value}.docx"

    @property
    def is_of_all(self) -> bool:
        """Whether there is one of it for the whole evaluation, not one for each project."""
        return self is not DocumentKind.PROJECT
