"""Spreadsheet files: the only package that knows them.

In: bytes of a workbook, or plain frozen values. Out: a :class:`~toolkit.excel.book.Book` of plain cells, or
the bytes of a workbook. ``read`` reads untrusted files in one pass, ``stamp`` compiles a template once and fills it
many times, ``sheet_patch`` changes single cells of any workbook without touching the rest, ``write`` builds
small tables, ``files`` puts bytes on disk whole or not at all.
Nothing here knows what an indicator, a unit or a score is.
"""
