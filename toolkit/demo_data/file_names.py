"""How units name the file they send back."""

from random import Random

from toolkit.excel.files import safe_file_name
from toolkit.model import Project

_KIND = "指标信息核查采集表"
_USUAL = (
    "{id}_{name}_{kind}.xlsx",
    "{id}_{name}_{kind}.xlsx",
    "{name}{kind}.xlsx",
    "{kind}（{unit}）.xlsx",
    "{name}（盖章）.xlsx",
    "{unit}-{name}.xlsx",
)
_UNRECOGNISABLE = ("tcmime.bin", "最终版2.xlsx", "采集表 - 副本 (2).xlsx", "新建 Microsoft Excel 工作表.xlsx")
_LIMIT = 100


def chosen_name(project: Project, chance: Random, *, renamed: bool) -> str:
    """A name the unit might give; when ``renamed``, one from which nobody can tell the project."""
    pattern = chance.choice(_UNRECOGNISABLE if renamed else _USUAL)
    unit = project.units[0] if project.units else project.unit
    return safe_file_name(
        pattern.format(id=project.id.zfill(3), name=project.name[:60], unit=unit[:30], kind=_KIND), _LIMIT
    )
