"""Word templates and a converter for the tests of the Word floor."""

import os
from collections.abc import Callable

import pytest

from toolkit.excel.libreoffice import find_soffice, print_document


@pytest.fixture(scope="session")
def to_pdf() -> Callable[[bytes], bytes]:
    if find_soffice() is None:
        reason = "LibreOffice is not installed"
        (pytest.fail if os.environ.get("JIXIAO_REQUIRE_LIBREOFFICE") == "1" else pytest.skip)(reason)
    return print_document
