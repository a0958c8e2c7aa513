"""The few reasons for which the toolkit cannot go on.

A mistake in the user's data is never one of these: it is a :class:`toolkit.model.Finding`. These errors mean that a
whole command has to stop; each carries, in Chinese, what happened, where, and what to do. The faces turn them into one
calm paragraph and exit code 3.
"""

from pathlib import Path


class ToolkitError(Exception):
    """A command cannot go on.

    Attributes:
        message: what happened, in Chinese.
        where: the file, folder, sheet or address concerned; "" when there is none.
        what_to_do: the next step for the user, in Chinese.
    """

    def __init__(self, message: str, *, where: str | Path = "", what_to_do: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = "当前文件夹" if str(where) == "." else str(where)  # a dot is nothing to read aloud
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        parts = [self.message]
        if self.where:
            parts.append(f"位置：{self.where}")
        if self.what_to_do:
            parts.append(f"请这样处理：{self.what_to_do}")
        return "；".join(parts)


class WorkspaceError(ToolkitError):
    """The folder is not an evaluation workspace, or is damaged."""


class SchemeError(ToolkitError):
    """The scheme or the roster has mistakes that make further work meaningless."""


class TemplateError(ToolkitError):
    """A workbook or Word template cannot be used as it stands."""


class FileBusyError(ToolkitError):
    """A file to be written is held open by another program (usually Excel or WPS)."""


class LedgerError(ToolkitError):
    """The ledger cannot be read or written, or its chain of hashes is broken."""


class UnreadableFileError(ToolkitError):
    """A file's bytes cannot be read as what they should be; one file's verdict, never a batch's."""


class StoppedReadingError(UnreadableFileError):
    """The process that read a file took longer than it may."""


class MissingProgramError(ToolkitError):
    """An optional outside program (LibreOffice, Excel) is needed for this one request and is absent."""


class MailError(ToolkitError):
    """The mail account is not set up, or its server refuses us altogether; one address's refusal is no error."""
