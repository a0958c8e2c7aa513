"""Word files: templates in, reports out.

In: a ``.docx`` template written by a consultant (:mod:`compose` makes the first ones, :mod:`lint` reads them
critically) and a context. Out: a ``.docx`` whose every :class:`~toolkit.model.figure.Figure` sits in a bookmark
naming its master workbook cell (:mod:`figures`), with native charts (:mod:`charts`) and a table of contents already
filled in (:mod:`contents`).

The only folder that imports docxtpl, python-docx and python-pptx. Every step is ``bytes -> bytes``; nothing here
reads a clock or a disk.
"""
