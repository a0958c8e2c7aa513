"""Odd and hostile files of all makes: each ends in one verdict with a reason, and no file stops the batch."""

import os
from pathlib import Path

import pytest

from tests.collect.returned import clean, context
from toolkit.collect import WorkerLimits, read_batch

CORPUS = Path(os.environ.get("JIXIAO_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
FILES = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.suffix not in (".md", ".tsv"))


@pytest.mark.skipif(not FILES, reason="没有找到异常文件集（可用环境变量 JIXIAO_CORPUS 指定）")
def test_every_file_has_one_verdict_and_a_good_one_among_them_is_read():
    files = [(path.read_bytes(), path.name) for path in FILES]
    files.insert(len(files) // 2, (clean(), "采集表.xlsx"))
    outcomes = list(read_batch(files, context(), limits=WorkerLimits(20.0)))
    assert [one.file_name for one in outcomes] == [name for _, name in files]
    assert [one.file_name for one in outcomes if one.accepted] == ["采集表.xlsx"]
    assert all("程序出错" not in one.reason and len(one.reason) > 10 for one in outcomes if not one.accepted)
