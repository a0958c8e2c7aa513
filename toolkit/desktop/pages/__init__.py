"""The pages in the order of the work: one file and one line each."""

from toolkit.desktop.pages.archive import ArchivePage
from toolkit.desktop.pages.check import CheckPage
from toolkit.desktop.pages.correction import CorrectionPage
from toolkit.desktop.pages.deliver import DeliverPage
from toolkit.desktop.pages.dispatch import DispatchPage
from toolkit.desktop.pages.intake import IntakePage
from toolkit.desktop.pages.review import ReviewPage
from toolkit.desktop.pages.scheme import SchemePage
from toolkit.desktop.pages.score import ScorePage
from toolkit.desktop.pages.start import StartPage
from toolkit.desktop.widgets.page import Page

PAGES: tuple[type[Page], ...] = (
    StartPage,
    SchemePage,
    DispatchPage,
    IntakePage,
    CheckPage,
    CorrectionPage,
    ReviewPage,
    ScorePage,
    DeliverPage,
    ArchivePage,
)
"""Classes of the pages; their names are those of :data:`toolkit.desktop.state.steps.PAGES`."""
