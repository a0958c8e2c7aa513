"""Shared by all tests: LibreOffice tests skip with the reason where it is absent, and fail where it is required."""

import os
import shutil

import pytest

REQUIRE = "JIXIAO_REQUIRE_LIBREOFFICE"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that need LibreOffice as skipped when it is not installed."""
    if shutil.which("soffice") or os.environ.get(REQUIRE) == "1":
        return
    skip = pytest.mark.skip(reason="本机没有 LibreOffice（soffice），无法重算或渲染")
    for item in items:
        if item.get_closest_marker("libreoffice"):
            item.add_marker(skip)


@pytest.fixture(autouse=True)
def _libreoffice_where_required(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("libreoffice") and not shutil.which("soffice"):
        pytest.fail(f"{REQUIRE}=1，但没有找到 soffice")
