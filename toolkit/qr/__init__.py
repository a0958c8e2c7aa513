"""QR codes: a text as a picture for a workbook, and the texts of the codes on a scan or photograph.

The only folder that imports the barcode library and what turns PDF pages into pictures. A scan comes from outside:
:func:`codes_on` belongs into the process that can be killed.
"""

from toolkit.qr.drawing import code_picture
from toolkit.qr.scanning import Codes, codes_on

__all__ = ["Codes", "code_picture", "codes_on"]
