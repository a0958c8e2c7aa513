"""Fonts, colours and number formats of a workbook written from nothing; the one place that knows how it looks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from toolkit.excel.new_book import Look, Shade
from toolkit.model import PROVISIONAL

HEADING_FONT, BODY_FONT = "微软雅黑", "宋体"
CHART_COLOURS = ("#2F5D8C", "#C58B2A", "#5B8C5A", "#9C4A4A")
_INK, _SUM_FILL, _LINE = "#1F3A5F", "#E3ECF6", "#9FB2C8"
_PLAIN: dict[str, Any] = {"font_name": BODY_FONT, "font_size": 10, "valign": "vcenter"}
_BOXED = {**_PLAIN, "border": 1, "border_color": _LINE}
_SUM = {**_BOXED, "font_name": HEADING_FONT, "bold": True, "bg_color": _SUM_FILL}
_HEADING = {**_BOXED, "font_name": HEADING_FONT, "bold": True, "align": "center", "text_wrap": True}
_LOOKS: Mapping[Look, dict[str, Any]] = MappingProxyType(
    {
        Look.TITLE: {**_PLAIN, "font_name": HEADING_FONT, "font_size": 16, "bold": True, "font_color": _INK}
        | {"align": "center"},
        Look.NOTE: {**_PLAIN, "font_size": 9, "font_color": "#595959", "text_wrap": True, "align": "left"},
        Look.HEADING: {**_HEADING, "bg_color": _INK, "font_color": "#FFFFFF"},
        Look.SUBHEADING: {**_HEADING, "bg_color": _SUM_FILL, "align": "left"},
        Look.TEXT: {**_BOXED, "text_wrap": True, "align": "left"},
        Look.SMALL: {**_BOXED, "text_wrap": True, "align": "left", "font_size": 9},
        Look.CENTRED: {**_BOXED, "text_wrap": True, "align": "center"},
        Look.WHOLE: {**_BOXED, "num_format": "0", "align": "center"},
        Look.SCORE: {**_BOXED, "num_format": "0.00", "align": "right"},
        Look.PROVISIONAL_SCORE: {**_BOXED, "num_format": f'0.00"{PROVISIONAL}"', "align": "right"},
        Look.PROVISIONAL: {**_BOXED, "text_wrap": True, "num_format": f'@"{PROVISIONAL}"', "align": "center"},
        Look.AMOUNT: {**_BOXED, "align": "right"},
        Look.RATE: {**_BOXED, "num_format": "0.00%", "align": "right"},
        Look.FACTOR: {**_BOXED, "num_format": "0.0000", "align": "right"},
        Look.DAY: {**_BOXED, "num_format": "yyyy-mm-dd", "align": "center"},
        Look.PLAIN: {**_BOXED, "num_format": "General", "align": "right"},
        Look.MISSING: {**_BOXED, "bg_color": "#FFF2DC", "align": "right"},
        Look.SUM_TEXT: {**_SUM, "align": "center"},
        Look.SUM_WHOLE: {**_SUM, "num_format": "0", "align": "center"},
        Look.SUM_SCORE: {**_SUM, "num_format": "0.00", "align": "right"},
        Look.SUM_PROVISIONAL_SCORE: {**_SUM, "num_format": f'0.00"{PROVISIONAL}"', "align": "right"},
        Look.SUM_AMOUNT: {**_SUM, "align": "right"},
        Look.SUM_RATE: {**_SUM, "num_format": "0.00%", "align": "right"},
    }
)
_MONEY = {Look.AMOUNT, Look.SUM_AMOUNT, Look.MISSING}
_SHADES: Mapping[Shade, dict[str, Any]] = MappingProxyType(
    {
        Shade.GREEN: {"bg_color": "#DCEFDC", "font_color": "#1E5B23"},
        Shade.BLUE: {"bg_color": "#DCE9F7", "font_color": "#1F4E79"},
        Shade.AMBER: {"bg_color": "#FFEFC6", "font_color": "#7A5200"},
        Shade.RED: {"bg_color": "#F9D6D5", "font_color": "#9C1C1C"},
    }
)


def look_properties(look: Look, money_format: str) -> dict[str, Any]:
    """Format properties of a look, in the writer's words."""
    own = _LOOKS[look]
    return {**own, "num_format": money_format} if look in _MONEY else own


def shade_properties(shade: Shade) -> dict[str, Any]:
    """Format properties of a conditional shade."""
    return _SHADES[shade]
