"""The roster (项目清单): which projects are evaluated, and who answers for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from toolkit.model.listed import ListedProject
from toolkit.model.place import CellRef

WHOLE_EVALUATION = "整体"
"""Id under which an evaluation scored as a whole stands among the projects."""


@dataclass(frozen=True, slots=True)
class Project:
    """One row of the roster.

    Attributes:
        id: 序号 as text, unique in the roster: ``"7"``.
        year: 立项年度, e.g. 2022.
        unit: 责任单位 as written, e.g. ``市大数据管理中心、市工业和信息化局``.
        units: the same split on 、 (only units are ever split); the first is the lead unit.
        contract_amount: in the scheme's money unit; None when the roster leaves it blank or strikes it out.
        aliases: other names of the project.
        attributes: every further roster column by its heading, as text (联系人, 电话, 项目类型, …).
        origin: cell of 序号.
    """

    id: str
    year: int
    unit: str
    units: tuple[str, ...]
    name: str
    contract_amount: Decimal | None
    contact: str = ""
    phone: str = ""
    email: str = ""
    project_type: str = ""
    aliases: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    origin: CellRef = field(default_factory=CellRef)

    @property
    def file_number(self) -> str:
        """序号 as it begins the names of the project's files: ``007``."""
        return self.id.zfill(3)


@dataclass(frozen=True, slots=True)
class Roster:
    """All projects; ``printed_total`` is the 合计 row's amount as printed, if there is one.

    ``listed`` are the projects of the body that is examined as a whole (整体核查清单), where there is such a list.
    """

    projects: tuple[Project, ...]
    printed_total: Decimal | None = None
    total_at: CellRef = field(default_factory=CellRef)
    listed: tuple[ListedProject, ...] = ()
    _by_id: dict[str, Project] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_id.update({project.id: project for project in reversed(self.projects)})

    def project(self, project_id: str) -> Project | None:
        """The project with this id, if any."""
        return self._by_id.get(project_id)

    def units(self) -> dict[str, tuple[Project, ...]]:
        """Every single unit with its projects, in roster order; a joint project stands under each of its units."""
        by_unit: dict[str, list[Project]] = {}
        for project in self.projects:
            for unit in project.units:
                by_unit.setdefault(unit, []).append(project)
        return {unit: tuple(projects) for unit, projects in by_unit.items()}
