"""One workbook per project, stamped from the compiled template."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType

from toolkit.excel.cell_xml import Cached
from toolkit.excel.files import safe_file_name
from toolkit.excel.sheet_patch import Place
from toolkit.excel.stamp import SlotValue, Stamp, compile_stamp
from toolkit.formula import compile_formula
from toolkit.generate.compiling import CompiledTemplate, compile_template
from toolkit.generate.prefill import answer_keys, prefilled
from toolkit.generate.project_facts import facts_of, project_name
from toolkit.model import NO_FIGURES, ErrorValue, Layout, Project, Scheme, SlotRole, Value
from toolkit.model.identity import (
    IDENTITY_CELLS,
    IDENTITY_NAME,
    IDENTITY_PROPERTY,
    IDENTITY_SHEET,
    PAGE_CODE_PICTURE,
    Identity,
    ProjectIdentity,
    sign,
    template_version,
)
from toolkit.qr import code_picture
from toolkit.rules import applies

_NAME_LIMIT = 100
_CODE = "code"


@dataclass(frozen=True)
class CollectionTemplate:
    """A compiled collection workbook, ready to be stamped for every project.

    Attributes:
        compiled: the workbook all projects share, and where everything stands in it.
        version: template version as written into the identity.
        earlier: project id → slot key → value from an earlier form, put in beforehand; what the roster says goes first.
        prior: project id → slot key → last year's value, put in to be verified.
    """

    compiled: CompiledTemplate
    version: str
    scheme: Scheme
    identity: Identity
    earlier: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    prior: Mapping[str, Mapping[str, Value]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def layout(self) -> Layout:
        """Where every named cell stands, the same for all projects."""
        return self.compiled.layout

    @property
    def shared(self) -> bytes:
        """The workbook without any project's values."""
        return self.compiled.data

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The cells that differ from project to project, by slot of the stamper."""
        return places_filled(self.compiled, self.scheme, {key for values in self.earlier.values() for key in values})

    @cached_property
    def stamper(self) -> Stamp:
        """The workbook cut at what differs from project to project; not needed where workbooks are only read."""
        return self._cut_at(self.places)

    def stamp(self, project: Project) -> bytes:
        """The project's workbook; the same project always gives the same bytes."""
        return self.stamper.fill(self.values(project), self.pictures_of(project, self.stamper))

    def cells_of(self, project: Project) -> dict[Place, SlotValue]:
        """What the cells of the project's workbook hold that differ from project to project."""
        return {self.places[slot]: value for slot, value in self.values(project).items() if slot in self.places}

    def cut_at(self, cells: Iterable[Place]) -> "FilledTemplate":
        """The workbook to be stamped with further cells filled in."""
        known = {place: slot for slot, place in self.places.items()}
        slots = {place: known.get(place, "!".join(place)) for place in cells}
        return FilledTemplate(
            self, self._cut_at({**self.places, **{slot: place for place, slot in slots.items()}}), slots
        )

    def _cut_at(self, places: Mapping[str, Place]) -> Stamp:
        return compile_stamp(
            self.compiled.data,
            places,
            properties={"property": IDENTITY_PROPERTY},
            names={"name": IDENTITY_NAME},
            pictures={_CODE: PAGE_CODE_PICTURE},
        )

    def pictures_of(self, project: Project, stamper: Stamp) -> dict[str, bytes]:
        """The QR code of the pages that are signed; a template may have no place for it."""
        if _CODE not in stamper.picture_names:
            return {}
        return {_CODE: code_picture(self.identity_of(project).page_code)}

    def values(self, project: Project) -> dict[str, SlotValue]:
        """What the project's workbook holds besides what all of them hold, by slot of the stamper."""
        return dict(self._values(project))

    def identity_of(self, project: Project) -> ProjectIdentity:
        """The signed identity the project's workbook carries."""
        return sign(self.identity, project.id, self.scheme.sha256, self.version)

    def _values(self, project: Project) -> Iterator[tuple[str, SlotValue]]:
        sealed = self.identity_of(project)
        for part in IDENTITY_CELLS:
            yield f"identity:{part}", str(getattr(sealed, part))
        yield "property", sealed.token
        yield "name", sealed.token
        facts: dict[str, Value] = {}
        for fact, of in facts_of(self.scheme).items():
            value = of(project)
            shown = value if isinstance(value, Decimal) else str(value or "")
            facts[project_name(fact)] = shown
            yield f"fact:{fact}", shown
        for (sheet, cell), formula in self.compiled.live.items():
            yield f"live:{sheet}!{cell}", Cached(compile_formula(formula).evaluate(facts))
        for key, value in {**self.earlier.get(project.id, {}), **prefilled(self.scheme, project)}.items():
            if f"slot:{key}" in self.places:
                yield f"slot:{key}", _plain(value)
        yield from self._prior_values(project)

    def _prior_values(self, project: Project) -> Iterator[tuple[str, SlotValue]]:
        """Last year's values, each in its cell and, to be known again, on the hidden sheet; other sources go first."""
        known = self.earlier.get(project.id, NO_FIGURES)
        asked = {
            slot
            for indicator in self.scheme.indicators
            if not applies(indicator, project)
            for slot in answer_keys(indicator)
        }
        for key, value in self.prior.get(project.id, NO_FIGURES).items():
            if key in self.compiled.prior and key not in asked and key not in known:
                yield f"slot:{key}", _plain(value)
                yield f"prior:{key}", _plain(value)


@dataclass(frozen=True)
class FilledTemplate:
    """A compiled collection workbook cut at more cells than those that differ from project to project.

    Attributes:
        slots: of the stamper, by the cells that may be filled in.
    """

    template: CollectionTemplate
    stamper: Stamp
    slots: Mapping[Place, str]

    def fill(self, project: Project, cells: Mapping[Place, SlotValue]) -> bytes:
        """The project's workbook with these cells filled in as well."""
        filled = {self.slots[place]: value for place, value in cells.items()}
        return self.stamper.fill(
            self.template.values(project) | filled, self.template.pictures_of(project, self.stamper)
        )


def compile_collection(template: bytes, scheme: Scheme, identity: Identity) -> CollectionTemplate:
    """Bind a template to a scheme, once for all projects.

    Raises:
        TemplateError: the template has mistakes; all of them are named.
    """
    return bound(compile_template(template, scheme), template, scheme, identity)


def bound(
    compiled: CompiledTemplate,
    template: bytes,
    scheme: Scheme,
    identity: Identity,
    earlier: Mapping[str, Mapping[str, Value]] = MappingProxyType({}),
    prior: Mapping[str, Mapping[str, Value]] = MappingProxyType({}),
) -> CollectionTemplate:
    """A template compiled earlier from these bytes and this scheme, for one evaluation and what it knows of before."""
    return CollectionTemplate(compiled, template_version(template), scheme, identity, earlier, prior)


def workbook_name(project: Project) -> str:
    """Safe and readable file name: ``007_项目名称_指标信息核查采集表.xlsx``; unique because the id is."""
    ending = "_指标信息核查采集表.xlsx"
    stem = safe_file_name(f"{project.file_number}_{project.name}", _NAME_LIMIT - len(ending))
    return safe_file_name(stem + ending, _NAME_LIMIT)


def places_filled(compiled: CompiledTemplate, scheme: Scheme, earlier: AbstractSet[str]) -> dict[str, tuple[str, str]]:
    """The cells that are filled for a project, by slot; ``earlier``: keys of which last year's values are known."""
    places = {f"identity:{part}": (IDENTITY_SHEET, cell) for part, cell in IDENTITY_CELLS.items()}
    places |= {f"fact:{fact}": (IDENTITY_SHEET, cell) for fact, cell in compiled.facts.items()}
    places |= {f"live:{sheet}!{cell}": (sheet, cell) for sheet, cell in compiled.live}
    places |= {f"prior:{key}": (IDENTITY_SHEET, cell) for key, cell in compiled.prior.items()}
    conditional = {key for indicator in scheme.indicators if indicator.applies_when for key in answer_keys(indicator)}
    for key, slot in compiled.layout.slots.items():
        if slot.role is SlotRole.PREFILLED or key in conditional or key in earlier or key in compiled.prior:
            places[f"slot:{key}"] = (slot.sheet, slot.cell)
    return places


def _plain(value: Value) -> Decimal | str | bool | None:
    return str(value) if isinstance(value, ErrorValue) else value
