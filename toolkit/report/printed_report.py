"""What a report says, read from its file: all of it that is held against the master and against what was generated."""

from dataclasses import dataclass

from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.word.captions import miscounted
from toolkit.word.figures import FigureManifest, PrintedFigure, printed_in
from toolkit.word.open_document import open_document
from toolkit.word.seal import TextChange, changes_in

_NOTHING = FigureManifest(None, 0, intact=False)


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A report whose file is closed again.

    Attributes:
        figures: in the order of the document. manifest: what was written at rendering, and what is still there.
        changes: of the text since it was generated; None where it was not sealed.
        miscounted: what captions and references to them print, and what is right by counting, where the two differ.
        unreadable: why the file is no document, "" for one that is.
    """

    figures: tuple[PrintedFigure, ...] = ()
    manifest: FigureManifest = _NOTHING
    changes: tuple[TextChange, ...] | None = None
    miscounted: tuple[tuple[str, str], ...] = ()
    unreadable: str = ""


def read_report(data: bytes) -> PrintedReport:
    """Read a report. Args: data: the ``.docx`` as it is now."""
    try:
        document = open_document(data)
        (figures, manifest), changes = printed_in(document), changes_in(document)
    except (TemplateError, UnreadableFileError) as error:
        return PrintedReport(unreadable=error.message)
    told = None if changes is None else tuple(changes)
    return PrintedReport(tuple(figures), manifest, told, tuple(miscounted(document.root)))
