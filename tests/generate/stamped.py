"""The shipped template bound to the small scheme, once for all tests of this folder."""

from functools import cache
from pathlib import Path

from tests.small_scheme import PROJECTS, SMALL_SCHEME
from toolkit.excel.book import Book
from toolkit.excel.read import read_workbook
from toolkit.generate import CollectionTemplate, compile_collection
from toolkit.model.identity import Identity
from toolkit.resources import template_path

IDENTITY = Identity("evaluation-1", b"secret")


@cache
def template_bytes() -> bytes:
    return Path(template_path("采集表模板.xlsx")).read_bytes()


@cache
def small_template() -> CollectionTemplate:
    return compile_collection(template_bytes(), SMALL_SCHEME, IDENTITY)


@cache
def small_book(number: int = 0) -> Book:
    return read_workbook(small_template().stamp(PROJECTS[number]))
