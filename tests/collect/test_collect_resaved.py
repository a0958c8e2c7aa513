"""A return saved again by another program, also in an older format: every value stays."""

import subprocess

import pytest

from tests.collect.damage_matrix import MATRIX, Expected
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


def test_damaged_and_saved_again_no_number_is_wrong(tmp_path):
    """Every damage to the structure, saved again by LibreOffice in one go: the same values, whatever the notes."""
    damages = [one for one in MATRIX if one.outcome is Expected.READ and not one.key]
    for number, damage in enumerate(damages):
        (tmp_path / f"{number}.xlsx").write_bytes(damage.apply(clean()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(tmp_path / "again")]
    files = [str(tmp_path / f"{number}.xlsx") for number in range(len(damages))]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
    for number, damage in enumerate(damages):
        outcome = read((tmp_path / "again" / f"{number}.xlsx").read_bytes())
        assert outcome.accepted, (damage.name, outcome.reason)
        assert outcome.balance.holds
        wrong = {key: value for key, value in values(outcome).items() if CLEAN.get(key) != value}
        assert not wrong, damage.name
