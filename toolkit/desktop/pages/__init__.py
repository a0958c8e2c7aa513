"""The pages: one file and one line each, imported when they are first wanted: a start waits for one page only."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.desktop.widgets.page import Page

_PLACES: Mapping[str, tuple[str, str]] = MappingProxyType({
    "开始": ("start", "StartPage"),
    "方案": ("scheme", "SchemePage"),
    "下发": ("dispatch", "DispatchPage"),
    "收件": ("intake", "IntakePage"),
    "核查": ("check", "CheckPage"),
    "整改": ("correction", "CorrectionPage"),
    "评审": ("review", "ReviewPage"),
    "评分": ("score", "ScorePage"),
    "汇总并出报告": ("deliver", "DeliverPage"),
    "归档": ("archive", "ArchivePage"),
    "校核": ("proof", "ProofPage"),
    "工作组": ("team", "TeamPage"),
    "设置": ("settings", "SettingsPage"),
})  # fmt: skip
"""Each name of :data:`toolkit.desktop.state.steps.NAMES` with its module and class."""


def page_class(name: str) -> "type[Page]":
    """The class of a page."""
    module, made = _PLACES[name]
    found: type[Page] = getattr(import_module(f"toolkit.desktop.pages.{module}"), made)
    return found
