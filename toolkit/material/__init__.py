"""报告素材.xlsx: a workbook in which people write paragraphs for the reports, by chapter and by project.

In: the workbook's bytes, the roster. Out: :class:`toolkit.model.material.Passage` values and located findings. The
workbook is made once, with a guidance for every chapter and the names of the figures that may be used; what people
typed is never written over.
"""

from toolkit.material.book import FigureName, material_workbook
from toolkit.material.reading import MaterialReading, read_material

__all__ = ["FigureName", "MaterialReading", "material_workbook", "read_material"]
