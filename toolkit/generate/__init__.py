"""Scheme + project + template → collection workbook.

In: the bytes of a workbook template, a :class:`~toolkit.model.Scheme`, the evaluation's identity, projects. Out: one
collection workbook per project, and the :class:`~toolkit.model.Layout` that says where every value will come back from.
The template is bound to the scheme once (``compile_collection``); each project then only replaces its own cells.
"""

from toolkit.generate.checking import check_template
from toolkit.generate.compiling import CompiledTemplate, compile_template
from toolkit.generate.folder import Generated, generate_all
from toolkit.generate.prefill import prefilled
from toolkit.generate.stamping import CollectionTemplate, bound, compile_collection, workbook_name

__all__ = [
    "CollectionTemplate",
    "CompiledTemplate",
    "Generated",
    "bound",
    "check_template",
    "compile_collection",
    "compile_template",
    "generate_all",
    "prefilled",
    "workbook_name",
]
