"""What workbooks and documents share: zip, relations, content types, XML that is not trusted."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import TemplateError, UnreadableFileError
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.write import tables_to_xlsx
from toolkit.ooxml.package import (
    PackageLimits,
    deflate,
    inflate,
    read_members,
    stored,
    with_contents,
    with_member,
    write_members,
)
from toolkit.ooxml.parse import parse_xml
from toolkit.ooxml.printable import printable, storable_in_xml
from toolkit.ooxml.relations import (
    CONTENT_TYPES,
    OFFICE,
    RELATIONS,
    Relation,
    add_part,
    drop_part,
    read_relations,
    relate,
    relations,
    rels_name,
)
from toolkit.report import read_report, verify_report
from toolkit.word.package import DOCUMENT, parse, read_parts, write_parts

WORKBOOK = tables_to_xlsx({"表": [["甲"]]})


def small_document() -> bytes:
    from toolkit.word.compose import Composer

    made = Composer()
    made.paragraph("甲")
    return made.save()


def test_both_kinds_of_file_are_written_the_same_way():
    members = read_members(WORKBOOK)
    assert write_members(members.values()) == WORKBOOK
    document = small_document()
    assert write_parts(read_parts(document)) == document
    changed = with_contents(members, {"xl/styles.xml": b"<a/>"})
    assert inflate(read_members(changed)["xl/styles.xml"]) == b"<a/>"
    assert read_members(changed)[CONTENT_TYPES] == members[CONTENT_TYPES], "copied as it is"


@pytest.mark.parametrize(
    "hostile", [b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', b"<x>", b'<?xml version="1.0" encoding="utf-7"?><x/>']
)
def test_hostile_xml_stops_neither_a_workbook_nor_a_document_unsaid(hostile):
    with pytest.raises(UnreadableFileError):
        parse_xml("x.xml", hostile)
    with pytest.raises(UnreadableFileError):
        WorkbookParts(with_contents(read_members(WORKBOOK), {"xl/workbook.xml": hostile})).main  # noqa: B018
    with pytest.raises(UnreadableFileError):
        parse(hostile)
    broken = write_parts({**read_parts(small_document()), DOCUMENT: hostile})
    assert [one.code for one in verify_report(read_report(broken), "报告.docx", {})] == ["VERIFY-10"]


def test_a_member_larger_than_allowed_and_two_of_one_name():
    bomb = write_members([deflate("a.xml", b"0" * 1000)])
    with pytest.raises(UnreadableFileError):
        inflate(read_members(bomb)["a.xml"], 999)
    with pytest.raises(UnreadableFileError):
        read_members(bomb, PackageLimits(file_bytes=10))
    twice = write_members([deflate("a.xml", b"1"), deflate("A.xml", b"2")])
    with pytest.raises(UnreadableFileError):
        read_members(twice)
    with pytest.raises(TemplateError) as refused:
        read_parts(twice)
    assert "同名条目" in refused.value.message


@pytest.mark.parametrize(
    ("target", "part"),
    [
        ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("/xl/styles.xml", "xl/styles.xml"),
        ("..\\docProps\\core.xml", "docProps/core.xml"),
        ("%E5%9B%BE.xml", "xl/图.xml"),
    ],
)
def test_targets_of_relations_however_they_are_written(target, part):
    item = f'<Relationship Id="r1" Type="{OFFICE}/x" Target="{target}"/>'
    outside = '<Relationship Id="r2" Type="t" Target="http://x" TargetMode="External"/>'
    content = f'<Relationships xmlns="{RELATIONS}">{item}{outside}</Relationships>'.encode()
    assert read_relations(content, "xl/workbook.xml") == {"r1": Relation(f"{OFFICE}/x", part)}
    assert read_relations(None, "xl/workbook.xml") == {}


def test_a_part_comes_and_goes_with_its_type_and_relation():
    parts = read_parts(small_document())
    before = dict(parts)
    add_part(parts, "word/新.xml", b"<x/>", "application/xml")
    key = relate(parts, DOCUMENT, f"{OFFICE}/x", "word/新.xml")
    assert relate(parts, DOCUMENT, f"{OFFICE}/x", "word/新.xml") == key, "related once"
    assert relations(parts, DOCUMENT)[key] == (f"{OFFICE}/x", "word/新.xml")
    assert "/word/新.xml".encode() in parts[CONTENT_TYPES]
    drop_part(parts, DOCUMENT, "word/新.xml")
    assert parts.keys() == before.keys()
    assert key not in relations(parts, DOCUMENT)
    assert rels_name("") == "_rels/.rels"


def test_text_that_xml_cannot_hold_becomes_visible():
    assert printable("甲\x07\ud800\u202e\ue000\r\n乙\u2028丙") == "甲□□□□\n乙\n丙"
    assert storable_in_xml("甲\x07\u202e", lambda letter: f"[{ord(letter)}]") == "甲[7]\u202e"


@given(
    contents=st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1, max_size=4), st.binary(max_size=9)),
    behind=st.sampled_from([b"", b"\0", b"PK"]),
)
def test_one_member_is_changed_as_if_all_had_been_read(contents, behind):
    """In a file of ours, and in one that only looks like it."""
    kept = {name: text for name, text in contents.items() if not set(name) & set("\0/\\")}
    members = [(deflate if len(text) % 2 else stored)(name, text) for name, text in {"a": b"1", **kept}.items()]
    if len({member.name.casefold() for member in members}) < len(members):
        return
    data = write_members(members)
    whole = read_members(data)
    assert with_member(data, "a", lambda one: one * 3) == with_contents(whole, {"a": inflate(whole["a"]) * 3})
    with pytest.raises((UnreadableFileError, KeyError)):
        with_member(data + behind, "missing", bytes)


def test_one_member_of_another_programs_file_is_changed():
    other = BytesIO()
    with ZipFile(other, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a", "1" * 50)
        archive.writestr("b", "2")
    changed = read_members(with_member(other.getvalue(), "a", lambda one: one + b"!"))
    assert {name: inflate(member) for name, member in changed.items()} == {"a": b"1" * 50 + b"!", "b": b"2"}
