"""Rows of sheet 方案 that are kept as text for other stages: which they are, and what of them must be readable."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from toolkit.excel.table import TableRow
from toolkit.model import Finding, Sentence
from toolkit.model.self_form import SELF_FORM
from toolkit.model.setting_names import (
    CONTRACT_SIZES,
    LARGEST_MOVE,
    LEAST_SHARE,
    MARK_TAKING,
    MARK_TOLERANCE,
    MOVED_FAR,
    MarkTaking,
)
from toolkit.scheme.findings import about_cell, did_you_mean
from toolkit.text.listed_amounts import read_amounts
from toolkit.text.shares import read_share

KNOWN_TEXTS = (
    "联系人", "联系电话", "联系邮箱", "整体核查单位", "整体核查报告名称", "评价依据", "评价目的", "备注",
    "权重方式", "工作表保护密码", "台账地址", SELF_FORM, "评价内容", "评价方法", "工作纪律", "抽样方法",
    "发文字号", "标题字体", "正文字体", "一级标题字体", "二级标题字体", LEAST_SHARE, MARK_TAKING,
    MARK_TOLERANCE, MOVED_FAR, CONTRACT_SIZES,
)  # fmt: skip
"""Rows kept as text in ``Scheme.settings`` that other stages look for."""


def one_of(*words: str) -> Callable[[str], str]:
    """A reader that takes some words and no others."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"“{text}”应为：{'、'.join(words)}。{did_you_mean(text, words)}")
        return text

    return read


_READ: Mapping[str, tuple[Callable[[str], object], str]] = {
    LEAST_SHARE: (read_share, "写成百分数，例如 60%；写0%则不检查"),
    MARK_TOLERANCE: (read_share, "写成百分数，例如 10%"),
    MOVED_FAR: (partial(read_share, most=LARGEST_MOVE), "写成百分数，例如 50%"),
    CONTRACT_SIZES: (partial(read_amounts, unit="元"), "写成金额，例如 100万元、400万元"),
    MARK_TAKING: (one_of(*MarkTaking), "写“平均”，或“截尾平均”（三人以上去掉一个最高和一个最低）"),
}
"""How those are read that the program reckons with, each with advice."""


def wrong_texts(texts: Mapping[str, str], rows: Mapping[str, TableRow]) -> Iterator[Finding]:
    """Contents that other stages could not read, and would take as if nothing had been written."""
    for name, (read, hint) in _READ.items():
        try:
            if text := texts.get(name, ""):
                read(text)
        except ValueError as error:
            words = Sentence.of("“{name}”：{reason}", {"name": name, "reason": str(error)})
            yield about_cell("SCHEME-02", rows[name], "内容", words, hint)
