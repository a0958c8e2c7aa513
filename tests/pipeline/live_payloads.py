"""Whether anything a person wrote has come alive in a file that was produced: a formula, a field, a link, a header."""

import csv
import email
import json
import re
import zipfile
from collections.abc import Iterator
from email import policy
from io import BytesIO
from pathlib import Path

from lxml import etree

from tests.pipeline.hostile_texts import MARK, RENDERED

_LIVE_TAGS = frozenset(["f", "formula1", "formula2", "definedName", "instrText", "ddeLink", "cfRule"])
_LIVE_ATTRIBUTES = frozenset(["instr", "Target", "location", "ref", "macro"])
_HEADERS = frozenset(
    ["from", "to", "cc", "subject", "date", "message-id", "mime-version", "content-type", "content-disposition"]
) | {"content-transfer-encoding", "x-unsent", "reply-to"}
_ODD_NAME = re.compile('[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\\\\:*?"<>|]')
_NUMBER = re.compile(r"-?[0-9][0-9,]*(\.[0-9]+)?%?")


def payloads(produced: list[Path]) -> list[str]:
    """What is alive in some files, each with its file and place."""
    return [f"{path.name}: {words}" for path in produced for words in _of_file(path.name, path.read_bytes())]


def _of_file(name: str, data: bytes) -> Iterator[str]:
    if _ODD_NAME.search(name):
        yield f"a name that is more than a name: {name!r}"
    kind = name.rpartition(".")[2].lower()
    if kind in ("xlsx", "docx"):
        yield from _of_office(data)
    elif kind == "zip":
        yield from _of_archive(data)
    elif kind == "csv":
        yield from _of_table(data)
    elif kind == "eml":
        yield from _of_mail(data)
    elif kind == "json":
        json.loads(data)


def _of_office(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield from _of_part(name, archive.read(name))


def _of_part(name: str, content: bytes) -> Iterator[str]:
    if RENDERED.encode() in content:
        yield f"{name}: a tag was rendered"
    if MARK.encode() not in content:
        return
    for element in etree.fromstring(content).iter(etree.Element):
        tag = etree.QName(element).localname
        if tag in _LIVE_TAGS and MARK in "".join(element.itertext()).casefold():
            yield f"{name}: {tag} {element.text!r}"
        for key, text in element.attrib.items():
            if etree.QName(key).localname in _LIVE_ATTRIBUTES and MARK in text.casefold():
                yield f"{name}: {tag}@{key} {text!r}"


def _of_archive(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("/") or ".." in name.split("/"):
                yield f"member {name!r} leaves its folder"
            yield from _of_file(name.rpartition("/")[2], archive.read(name))


def _of_table(data: bytes) -> Iterator[str]:
    for row in csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)):
        for text in row:
            if text[:1] in "=+-@\t\r=＝＋－＠" and text and not _NUMBER.fullmatch(text):
                yield f"a cell that starts a formula: {text[:40]!r}"


def _of_mail(data: bytes) -> Iterator[str]:
    message = email.message_from_bytes(data, policy=policy.default)
    for name, value in message.items():
        if name.casefold() not in _HEADERS or MARK in str(value).casefold():
            yield f"header {name}: {value}"
    for part in message.walk():
        if part.get_filename():
            yield from _of_file(part.get_filename(), part.get_payload(decode=True) or b"")
