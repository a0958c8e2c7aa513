"""Which words and numbers of the master are shaded."""

from toolkit.aggregate.region import Region
from toolkit.excel.new_book import Highlight, Shade
from toolkit.model import Scheme, Severity

_GRADES = (Shade.GREEN, Shade.BLUE, Shade.AMBER, Shade.RED)
_SEVERITIES = {Severity.ERROR: Shade.RED, Severity.WARNING: Shade.AMBER, Severity.NOTE: Shade.BLUE}


def column_area(region: Region, heading: str) -> str:
    """A column's data cells for a conditional format: ``K4:K42``."""
    return region.own_area(heading).replace("$", "")


def grade_highlights(scheme: Scheme, region: Region) -> tuple[Highlight, ...]:
    """Grades from the best to the worst; beyond four all are red."""
    bands = sorted(scheme.grade_bands, reverse=True)
    area = column_area(region, "等级")
    return tuple(Highlight(area, _GRADES[min(n, 3)], text=band.name) for n, band in enumerate(bands))


def severity_highlights(region: Region) -> tuple[Highlight, ...]:
    """The words 须更正, 请核实, 提示."""
    area = column_area(region, "严重程度")
    return tuple(Highlight(area, shade, text=severity.label) for severity, shade in _SEVERITIES.items())


def finding_highlights(region: Region) -> tuple[Highlight, ...]:
    """Counts of findings above zero."""
    shaded = list(_SEVERITIES.items())[:2]
    return tuple(Highlight(column_area(region, one.label), shade, above=0) for one, shade in shaded)
