"""Names of indicators that are nearly, not quite, those of the indicator system."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.report import Report
from toolkit.proof.rules.naming.names import of_columns, plain_name
from toolkit.text.patterns import Pattern

_INDICATORS = Pattern(r"[一二三]级指标|指标(?:名称)?")


@rule(
    "name.indicator",
    group=Group.NAMES,
    title="指标名称前后一致",
    good=("二级指标\t得分\n可持续影响（12分）\t10\n社会效益指标\t9\n社会效益\t可持续影响\n9\t10",),
    bad=("二级指标\t分值\n可持续影响\t12\n社会效益\t13\n\n\n\n得分汇总\n社会效益\t可以持续影响\n9\t10",),
)
def indicator_names(report: Report) -> Iterator[Result]:
    """A cell that is nearly the name of an indicator."""
    names = {plain: named for plain, named in of_columns(report, _INDICATORS).items() if 5 <= len(plain) <= 20}
    if not names:
        return
    seen: set[str] = set()
    for table in report.document.tables:
        for cell in (cell for row in table.rows for cell in row):
            if len(cell.text) < 4 or cell.is_numeric:
                continue
            plain = plain_name(re.sub(r"\s+", "", cell.text))
            if plain in names or plain in seen or not 4 <= len(plain) <= 21:
                continue
            near = next((named for name, named in names.items() if _is_slip(plain, name)), None)
            if near is not None:
                seen.add(plain)
                message = f"“{plain}”与指标“{near.text.strip()}”只差一个字"
                yield doubtful(cell.place, plain, near.text.strip(), message, related=(near.place,))


_MARKED = Pattern(r"^(?P<name>[^（()）]{3,20})[（(][0-9.]+分[)）]$")


@rule(
    "name.marked",
    group=Group.NAMES,
    title="得分汇总表的指标都在指标体系中",
    good=(
        "二级指标\t分值\n社会效益\t13\n服务对象满意度\t10\n\n\n表5 得分\n社会效益（13分）\t服务对象满意度（10分）\t综合得分\n9\t10\t19",
    ),
    bad=(
        "二级指标\t分值\n社会效益\t13\n服务对象满意度\t10\n\n\n表5 得分\n社会效益（13分）\t使用部门满意度（10分）\t综合得分\n9\t10\t19",
    ),
)
def marked_names(report: Report) -> Iterator[Result]:
    """A column headed by an indicator and its mark, beside others that are known, is an indicator of the system."""
    names = {plain_name(re.sub(r"\s+", "", plain)): named for plain, named in of_columns(report, _INDICATORS).items()}
    for table in report.document.tables if names else ():
        heads = [
            (cell, match["name"]) for cell in table.rows[0] if (match := _MARKED.match(re.sub(r"\s+", "", cell.text)))
        ]
        known = [name for _, name in heads if plain_name(name) in names]
        if len(heads) < 2 or not known:
            continue
        for cell, name in heads:
            near = next(
                (
                    named
                    for plain, named in names.items()
                    if plain[-3:] == name[-3:] and len(plain) > 3 and plain != name
                ),
                None,
            )
            if (
                plain_name(name) not in names
                and near is not None
                and not any(_is_slip(plain_name(name), plain) for plain in names)
            ):
                message = f"得分表写“{name}”，指标体系里没有，只有“{near.text.strip()}”"
                yield doubtful(cell.place, name, near.text.strip(), message, related=(near.place,))


def _is_slip(text: str, name: str) -> bool:
    """One character put in or left out within a name; another character makes another name (数量, 质量)."""
    inside = text[0] == name[0] and text[-1] == name[-1]
    return inside and abs(len(text) - len(name)) == 1 and Levenshtein.distance(text, name, score_cutoff=1) == 1
