"""Writing an archive: members in order, then 目录.xlsx, then MANIFEST.json."""

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.archive.container import ArchiveWriter
from toolkit.archive.contents import Content, Numbered, numbered
from toolkit.archive.digests import digests_of
from toolkit.archive.manifest import INDEX, MANIFEST, Manifest, Member
from toolkit.excel.table_sheet import Column, TableSheet, table_workbook

_COLUMNS = (
    Column("底稿编号", 14),
    Column("类别", 10),
    Column("名称", 44),
    Column("项目序号", 9),
    Column("责任单位", 26),
    Column("来源", 36),
    Column("在归档包中的位置", 52),
    Column("字节数", 11, numeric=True),
    Column("sha256", 34),
    Column("SM3", 34),
)


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """What the manifest says besides its members; see :class:`Manifest`. ``key`` seals it, b"" for a masked copy."""

    evaluation: str
    title: str
    program: Mapping[str, str]
    scheme: Mapping[str, str]
    head: Mapping[str, Any]
    made: Mapping[str, Mapping[str, str]]
    key: bytes
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What was written."""

    file: Path
    manifest: Manifest


def write_archive(
    file: Path, contents: Sequence[Content], facts: ArchiveFacts, tell: Callable[[int, int], None]
) -> Written:
    """Write the zip whole or not at all; what stood there before is replaced at the end.

    Raises:
        ArchiveError: a member cannot be written.
        OSError: the disk is full, or refuses the file.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    passing = file.parent / f".{secrets.token_hex(8)}.tmp"
    papers = numbered(list(contents))
    try:
        with passing.open("xb") as stream:
            manifest = _write(ArchiveWriter(stream), papers, facts, tell)
            stream.flush()
            os.fsync(stream.fileno())
        passing.replace(file)
    finally:
        passing.unlink(missing_ok=True)
    return Written(file, manifest)


def _write(
    writer: ArchiveWriter, papers: Sequence[Numbered], facts: ArchiveFacts, tell: Callable[[int, int], None]
) -> Manifest:
    members = []
    for done, (number, content) in enumerate(papers, 1):
        members.append(_add(writer, content.name, content.read(), number))
        tell(done, len(papers))
    index = index_book(facts.title, papers, members)
    members.append(_add(writer, INDEX, index, ""))
    manifest = Manifest(
        facts.evaluation,
        facts.title,
        facts.program,
        facts.scheme,
        facts.head,
        facts.made,
        tuple(members),
        facts.masked,
    )
    writer.add(MANIFEST, manifest.sealed(facts.key))
    writer.finish()
    return manifest


def _add(writer: ArchiveWriter, name: str, data: bytes, number: str) -> Member:
    writer.add(name, data)
    sha256, sm3 = digests_of(data)
    return Member(name, len(data), sha256, sm3, number)


def index_book(title: str, papers: Sequence[Numbered], members: Sequence[Member]) -> bytes:
    """目录.xlsx: a row for every working paper, and how many there are of each class."""
    rows = [
        (
            number,
            content.paper.value,
            content.title,
            content.project,
            content.unit,
            content.origin,
            content.name,
            str(member.size),
            member.sha256,
            member.sm3,
        )
        for (number, content), member in zip(papers, members, strict=True)
    ]
    counts = [
        (paper.value, str(len(found)), f"{found[0]} 至 {found[-1]}" if found else "")
        for paper in type(papers[0].content.paper)
        for found in [[number for number, content in papers if content.paper is paper]]
    ]
    hint = f"共{len(rows)}件。用 jixiao archive verify 核对：缺一件、多一件、改一个字节都能查出。"
    return table_workbook(
        (
            TableSheet("目录", f"{title}归档目录", _COLUMNS, rows, hint, filtered=True),
            TableSheet(
                "分类统计",
                f"{title}底稿分类",
                (Column("类别", 14), Column("件数", 10, numeric=True), Column("编号", 34)),
                counts,
                "立项性：为什么评、评什么、怎么下发；证明性：报送原件、核查、意见和决定；结论性：总表和报告。",
            ),
        )
    )
