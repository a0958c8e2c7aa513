"""评价设置: rows of sheet 方案 in groups, and what of them a person has changed."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from toolkit.operations import Json

_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "名称": ("评价名称", "方案版本", "评价年度", "委托单位", "评价机构", "整体核查单位"),
    "联系": ("联系人", "联系电话", "联系邮箱"),
    "日期": ("评价期间起", "评价期间止", "数据截止日", "发函日期", "报送截止日", "整改截止日", "报告日期"),
    "计分和容差": (
        "总分", "得分小数位", "定级前取整", "绩效等级", "金额单位", "不适用处理", "无数据处理", "评分对象", "权重方式",
        "产出效益最低占比", "明细行数",
    ),
})  # fmt: skip
OTHER = "其他"
HINTS = MappingProxyType({
    "评价期间起": "2024-01-01", "绩效等级": "优≥90；良≥80；中≥60；差≥0", "得分小数位": "0–6",
    "定级前取整": "是、否或小数位数", "金额单位": "万元或元", "报送截止日": "没有这一天就不能下发",
})  # fmt: skip


def grouped(rows: Sequence[Json]) -> dict[str, list[Json]]:
    """Rows by group, in the order people look for them; groups without rows are left out."""
    by_name = {row["name"]: row for row in rows}
    groups = {title: [by_name.pop(name) for name in names if name in by_name] for title, names in _GROUPS.items()}
    groups[OTHER] = list(by_name.values())
    return {title: found for title, found in groups.items() if found}


def changed(rows: Sequence[Json], typed: Mapping[str, str]) -> list[Json]:
    """Name and new content of what differs, as operation ``settings change`` takes it."""
    known = {row["name"]: row["value"] for row in rows}
    return [
        {"name": name, "value": text.strip()}
        for name, text in typed.items()
        if name in known and text.strip() != known[name]
    ]
