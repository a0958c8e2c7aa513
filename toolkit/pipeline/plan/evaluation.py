"""An evaluation, loaded: workspace, scheme, roster, opinions. What every step starts from.

What reads the workbooks is imported where it is used: a plan that has not changed is not read again.
"""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from toolkit import resources
from toolkit.errors import SchemeError, WorkspaceError
from toolkit.excel.files import sha256_of, write_atomic
from toolkit.model import Finding, Opinion, PriorYear, Roster, Scheme, Value, is_sound
from toolkit.model.identity import Identity
from toolkit.model.self_form import SELF_FORM, form_named, form_template, is_whole
from toolkit.pipeline.plan.kept_plan import Plan, losses_once, opinions_once, plan_once
from toolkit.pipeline.plan.own_files import read_own
from toolkit.pipeline.plan.plan_reading import examine_plan, listed_errors
from toolkit.pipeline.plan.surveys import SurveyedValue, surveyed_opinions, surveyed_values
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.text.folding import ids_in

if TYPE_CHECKING:
    from toolkit.collect import CollectContext, Outcome
    from toolkit.generate import CollectionTemplate
    from toolkit.generate.compiling import CompiledTemplate
    from toolkit.handover import Conflict
    from toolkit.material import MaterialReading
    from toolkit.pipeline.plan.decisions import Resolution
    from toolkit.pipeline.plan.prefilling import EarlierValues
    from toolkit.pipeline.plan.prior import PriorReading
    from toolkit.pipeline.plan.readings import Readings
    from toolkit.pipeline.plan.sent_forms import SentForms
    from toolkit.review import OpinionReading, WrittenLoss

COLLECTION_TEMPLATE = "采集表模板.xlsx"
_RANGE = re.compile(r"([0-9]{1,6})[-~～—至]([0-9]{1,6})")


def collection_template(scheme: Scheme, *, own: bool = False) -> str:
    """The template of the collection workbook: the 自评表 the scheme names where it has all its fields, else the usual.

    ``own``: the workspace has a template of its own, which goes before a form.
    """
    form = form_named(scheme.settings.get(SELF_FORM, "").strip())
    whole = form is not None and not own and is_whole(form, {field.key for field in scheme.fields})
    return form_template(form) if form is not None and whole else COLLECTION_TEMPLATE


@dataclass(frozen=True)
class Evaluation:
    """Everything the consultants decided, read and found sound."""

    workspace: Workspace
    scheme: Scheme
    roster: Roster
    findings: tuple[Finding, ...]

    @classmethod
    def load(cls, workspace: Workspace) -> "Evaluation":
        """Read scheme and roster.

        Raises:
            WorkspaceError: a file is missing.
            SchemeError: mistakes that make further work meaningless; all are listed.
        """
        plan = plan_once(workspace, lambda: Plan(*examine_plan(workspace.scheme, workspace.roster)))
        scheme, roster = plan.scheme, plan.roster
        if scheme is None or roster is None or not is_sound(plan.findings):
            raise SchemeError(listed_errors(plan.findings), where=workspace.root, what_to_do="按提示逐格改正后再运行")
        return cls(workspace, scheme, _part(roster, workspace.part), plan.findings)

    @cached_property
    def template(self) -> "CollectionTemplate":
        """The collection template, compiled once with the scheme; with last year's figures where there are any."""
        return self._bound(self.prior.keys(), self.earlier.values, self.prior.prefill)

    @cached_property
    def blank_template(self) -> "CollectionTemplate":
        """The same without anything of earlier forms: for what shows only what a unit itself answered."""
        return self._bound(frozenset(), {}, {}) if self.prior.prefill or self.earlier.values else self.template

    def document_template(self, name: str) -> bytes:
        """A Word template in the scheme's fonts: the workspace's own copy if there is one, else the shipped one."""
        from toolkit.word.fonts import fonts_in, with_fonts

        data = self.workspace.template(name, resources.document_template_path(name))
        return with_fonts(data, fonts_in(self.scheme.settings))

    def _bound(
        self,
        keys: frozenset[str],
        earlier: Mapping[str, Mapping[str, Value]],
        prior: Mapping[str, Mapping[str, Value]],
    ) -> "CollectionTemplate":
        from toolkit.generate import bound

        data, compiled = self.compiled(self.scheme, keys)
        identity = Identity(self.workspace.evaluation_id, self.workspace.key)
        return bound(compiled, data, self.scheme, identity, earlier, prior)

    def compiled(self, scheme: Scheme, keys: frozenset[str]) -> "tuple[bytes, CompiledTemplate]":
        """The template of the collection workbook, and what it becomes with a scheme."""
        from toolkit.pipeline.plan.remembering import compiled_once

        name = collection_template(scheme, own=(self.workspace.templates / COLLECTION_TEMPLATE).exists())
        data = self.workspace.template(name, resources.template_path(name))
        return data, compiled_once(self.workspace.cache, data, scheme, keys)

    @cached_property
    def earlier(self) -> "EarlierValues":
        """What 预填.xlsx says, from 绩效目标申报表 and last year's forms."""
        from toolkit.pipeline.plan.prefilling import earlier_values

        return earlier_values(self.workspace.root, self.scheme, self.roster)

    def project_ids(self, text: str) -> tuple[str, ...]:
        """The ids of a list as people type it, ``1、3-5``, each once, in their order; those in no roster as well."""
        found: dict[str, None] = {}
        for piece in ids_in(text):
            ends = None if self.roster.project(piece) else _RANGE.fullmatch(piece)
            between = map(str, range(int(ends[1]), int(ends[2]) + 1)) if ends else ()
            found |= dict.fromkeys(between) or {piece: None}
        return tuple(found)

    @cached_property
    def prior_reading(self) -> "PriorReading":
        """What 上年数据.xlsx says, where there is one."""
        from toolkit.pipeline.plan.prior import PRIOR, PriorReading, read_prior

        path = self.workspace.root / PRIOR
        if not path.exists():
            return PriorReading()
        return read_own(path, partial(read_prior, scheme=self.scheme, roster=self.roster))

    @property
    def prior(self) -> PriorYear:
        """Last year's figures."""
        return self.prior_reading.prior

    @cached_property
    def collecting(self) -> "CollectContext":
        """What reading a return needs to know."""
        from toolkit.collect import CollectContext
        from toolkit.generate import prefilled

        known = {project.id: prefilled(self.scheme, project) for project in self.roster.projects}
        workspace, sent = self.workspace, self.sent_forms
        identity = workspace.evaluation_id, workspace.key
        return CollectContext(
            self.scheme, self.roster, self.template.layout, known, *identity, sent.schemes, sent.passing
        )

    @cached_property
    def sent_forms(self) -> "SentForms":
        """The schemes that forms were sent out with, as far as their forms are still today's."""
        from toolkit.pipeline.plan.sent_forms import sent_forms

        return sent_forms(self)

    @cached_property
    def readings(self) -> "Readings":
        """What returned files say: each is read once for all commands, as long as nothing it depends on changes."""
        from toolkit.pipeline.plan.readings import Readings

        identity = Identity(self.workspace.evaluation_id, self.workspace.key)
        cache, layout = self.workspace.cache, self.template.layout
        sent = self.sent_forms.schemes
        return Readings(cache, self.scheme, self.roster, layout, identity, self._read_original, sent)

    def _read_original(self, sha256: str, name: str) -> "Outcome":
        """What an original says that was read before.

        Raises:
            WorkspaceError: it has been altered or removed since.
        """
        from toolkit.collect import read_return

        path = self.workspace.originals / sha256
        data = path.read_bytes() if path.is_file() else b""
        if sha256_of(data) != sha256:
            reason = f"存档的原件（{path.parent.name}/{path.name[:12]}…）在运行中被改动或移走"
            raise WorkspaceError(reason, where=name, what_to_do="从备份恢复该原件后重新运行")
        return read_return(data, name, self.collecting)

    def known_outcome(self, sha256: str) -> "Outcome | None":
        """All that a returned file says, if it was read already."""
        return self.readings.known(sha256)

    def remember(self, outcome: "Outcome", text: bytes = b"") -> None:
        """Keep what was read elsewhere (in a worker process), as the text it came as where that is known."""
        self.readings.keep(outcome, text)

    @cached_property
    def opinion_reading(self) -> "OpinionReading":
        """The review workbook as it stands, not read again while it stays so; one is written where there is none."""
        from toolkit.review import opinion_workbook, read_opinions, review_rows

        path = self.workspace.opinions
        if not path.exists():
            write_atomic(path, opinion_workbook(review_rows(self.scheme, self.roster), self.scheme, self.roster))

        def reading(data: bytes, name: str) -> "OpinionReading":
            read = partial(read_opinions, data, name, self.scheme, self.roster)
            return opinions_once(self.workspace, data, read)

        return read_own(path, reading)

    @cached_property
    def written_losses(self) -> "tuple[WrittenLoss, ...]":
        """Sheet 失分情况 of the review workbook; nothing where there is none yet."""
        path = self.workspace.opinions
        return read_own(path, partial(losses_once, self.workspace)) if path.exists() else ()

    @cached_property
    def material(self) -> "MaterialReading":
        """What people wrote for the reports; nothing where there is no such workbook yet."""
        from toolkit.material import MaterialReading, read_material

        path = self.workspace.material
        return read_own(path, partial(read_material, roster=self.roster)) if path.exists() else MaterialReading()

    @property
    def opinions(self) -> tuple[Opinion, ...]:
        """Opinions that can be used; a value verified for a finding (``jixiao resolve``) comes after the workbook's."""
        from toolkit.pipeline.plan.decisions import resolved_opinions
        from toolkit.review import judged_subject

        typed = self.opinion_reading.opinions
        if self.disputed:
            waiting = {(conflict.thing.project, conflict.thing.subject) for conflict in self.disputed}
            judged = ((opinion.project, judged_subject(opinion.indicator, opinion.item)) for opinion in typed)
            typed = tuple(opinion for opinion, about in zip(typed, judged, strict=True) if about not in waiting)
        counted = surveyed_opinions(self.scheme, self.surveyed)
        return (*counted, *typed, *self.double_scored, *resolved_opinions(self.scheme, self.decided))

    @cached_property
    def disputed(self) -> "tuple[Conflict, ...]":
        """What people on two laptops decided differently: nothing of it counts until it is settled."""
        from toolkit.pipeline.plan.decisions import disputed

        return disputed(self.workspace)

    @cached_property
    def double_scored(self) -> tuple[Opinion, ...]:
        """What several scorers agree on, or a third person ruled; it goes before a row of 评审意见.xlsx."""
        from toolkit.pipeline.plan.scorebooks import scored_opinions

        return scored_opinions(self.scheme, self.workspace)

    @cached_property
    def surveyed(self) -> tuple[SurveyedValue, ...]:
        """What questionnaires give, from the ledger; a person's verified value goes before it."""
        return surveyed_values(self.workspace)

    @cached_property
    def decided(self) -> "tuple[Resolution, ...]":
        """What persons decided about findings, from the ledger."""
        from toolkit.pipeline.plan.decisions import resolutions

        return resolutions(self.workspace)


class _OfProject(Protocol):
    @property
    def project(self) -> str: ...


About = TypeVar("About", bound=_OfProject)


def grouped(items: Iterable[About]) -> dict[str, tuple[About, ...]]:
    """What is about projects, by project id in its order: of thousands, nobody looks through all for each."""
    found: dict[str, list[About]] = {}
    for item in items:
        found.setdefault(item.project, []).append(item)
    return {project: tuple(own) for project, own in found.items()}


def load(folder: Path) -> Evaluation:
    """Open a workspace and read its scheme and roster; see :meth:`Evaluation.load` for what it raises."""
    workspace = Workspace.open(folder)
    workspace.sweep()
    with suppress(OSError):  # nothing can be written here: whoever has to says so
        workspace.make_folders()
    return Evaluation.load(workspace)


def _part(roster: Roster, part: frozenset[str]) -> Roster:
    """The projects handed over to this workspace; the printed total is that of all of them."""
    if not part:
        return roster
    return Roster(tuple(project for project in roster.projects if project.id in part))
