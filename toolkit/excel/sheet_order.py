"""The order in which a worksheet part must hold its elements; Excel calls a file with another order damaged."""

from toolkit.ooxml.parse import Element, local_name

SHEET_ELEMENTS = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""Source: ECMA-376 Part 1, 18.3.1.99 (CT_Worksheet)."""


def put_in_order(sheet: Element, element: Element) -> None:
    """Put an element into a worksheet's root, in the place of one of the same kind."""
    name = local_name(element)
    for old in sheet.iterchildren("{*}" + name):
        sheet.remove(old)
    rank = SHEET_ELEMENTS.index(name)
    before = [child for child in sheet if SHEET_ELEMENTS.index(local_name(child)) < rank]
    sheet.insert(len(before), element)
