"""Word templates and a converter for the tests of the Word floor."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    soffice = shutil.which("soffice")
    if soffice is None:
        reason = "LibreOffice is not installed"
        (pytest.fail if os.environ.get("JIXIAO_REQUIRE_LIBREOFFICE") == "1" else pytest.skip)(reason)
    folder: Path = tmp_path_factory.mktemp("pdf")

    def convert(docx: bytes) -> bytes:
        source = folder / "report.docx"
        source.write_bytes(docx)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return source.with_suffix(".pdf").read_bytes()

    return convert
