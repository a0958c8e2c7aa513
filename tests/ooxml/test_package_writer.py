"""A package in the making: what goes into it piece by piece reads back whole, by other programs too."""

import zipfile
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.ooxml.blocks import compressed
from toolkit.ooxml.package import PackageWriter, deflate, inflate, read_members, stored

CONTENTS = st.lists(st.lists(st.binary(max_size=300), max_size=4), max_size=5)


@settings(max_examples=60, deadline=None)
@given(CONTENTS)
def test_members_of_every_kind_stand_behind_one_another(contents: list[list[bytes]]) -> None:
    target = BytesIO()
    writer = PackageWriter(target)
    due: dict[str, bytes] = {}
    for number, pieces in enumerate(contents):
        due |= {name: b"".join(pieces) for name in (f"长{number}.xml", f"short{number}.xml", f"picture{number}.png")}
        writer.add_long(f"长{number}.xml", compressed(pieces))
        writer.add(deflate(f"short{number}.xml", b"".join(pieces)))
        writer.add(stored(f"picture{number}.png", b"".join(pieces)))
    writer.close()
    assert {name: inflate(member) for name, member in read_members(target.getvalue()).items()} == due
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == due
        assert all(entry.date_time[:3] == (1980, 1, 1) for entry in archive.infolist())
