"""绩效核查工具箱: performance evaluation of digital-government projects, from collection workbook to Word report.

Where everything stands is told in ARCHITECTURE.md; every folder's docstring says what goes in and what comes out.
"""

__version__ = "0.2.0"
