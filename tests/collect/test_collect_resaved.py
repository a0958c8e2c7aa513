"""A return saved again by another program, also in an older format: every value stays."""

import subprocess

import pytest

from tests.collect.returned import clean, read
from tests.collect.test_collect_damage import CLEAN, codes, values

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def resaved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("resaved")
    (folder / "return.xlsx").write_bytes(clean())

    def convert(extension: str) -> bytes:
        output = folder / extension
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", "--headless", profile, "--convert-to", extension, "--outdir", str(output)]
        subprocess.run([*command, str(folder / "return.xlsx")], check=True, capture_output=True, timeout=120)
        return next(output.iterdir()).read_bytes()

    return convert


def test_saved_by_libreoffice(resaved):
    outcome = read(resaved("xlsx"))
    assert values(outcome) == CLEAN
    assert not outcome.submission.notes
    assert not outcome.submission.differences
    assert outcome.submission.recalculated


@pytest.mark.parametrize("extension", ["xls", "ods"])
def test_saved_in_an_older_format(resaved, extension):
    outcome = read(resaved(extension))
    assert values(outcome) == CLEAN
    assert codes(outcome) == {"READ-51"}
    assert not outcome.submission.differences
