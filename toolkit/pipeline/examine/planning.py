"""``jixiao people plan``: 工作方案, 验收与付款 and 承诺书 as documents, from scheme, roster and 工作组.xlsx."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.fieldwork import METHODS
from toolkit.model import Finding, is_sound
from toolkit.model.document_kind import DocumentKind
from toolkit.people import Team
from toolkit.people.pledge import PLEDGES, pledges
from toolkit.people.work_plan import (
    ACCEPTANCE_TEMPLATE,
    PLAN_TEMPLATE,
    SAMPLING,
    PlanFacts,
    missing_elements,
    plan_words,
    standing,
)
from toolkit.pipeline.edited import SetAside
from toolkit.pipeline.examine.teaming import CheckedTeam, check_people
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.outputs import Outputs, is_dated_copy
from toolkit.survey import needed
from toolkit.word.fonts import fonts_in, with_fonts
from toolkit.word.render import compile_template

FOLDER = "16-工作方案"
_SIZE = 15


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """The documents, what they lack, and where milestones and payments stand."""

    files: tuple[Path, ...]
    team: Team
    today: datetime
    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...] = ()

    @property
    def ok(self) -> bool:
        """Nothing in 工作组.xlsx must be corrected."""
        return is_sound(self.findings)

    def as_json(self) -> dict[str, Any]:
        """``{"ok", "files", "milestones": [{"name", "due", "done", "standing"}], "payments", "findings"}``."""
        day = self.today.date()

        def steps(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401  steps of either kind
            return [
                {
                    "name": step.name, "due": step.due.isoformat() if step.due else "",
                    "done": step.done.isoformat() if step.done else "", "standing": standing(step, day),
                    **({"share": str(step.share)} if step.share is not None else {}),
                }
                for step in found
            ]  # fmt: skip

        return {
            "ok": self.ok,
            "files": [str(path) for path in self.files],
            "milestones": steps(self.team.milestones),
            "payments": steps(self.team.payments),
            "findings": [finding.as_json() for finding in self.findings],
            "set_aside": [aside.as_json() for aside in self.set_aside],
        }


def write_plan(evaluation: Evaluation, now: datetime) -> WorkPlan:
    """Write the documents; one a person edited is kept as a dated copy.

    Raises:
        TemplateError: a template of the workspace's own has mistakes.
    """
    space = evaluation.workspace
    checked = check_people(evaluation, now) if space.team.is_file() else CheckedTeam(space.team, Team(), ())
    facts = _facts(evaluation, checked.team, now)
    documents = _documents(evaluation, checked.team, facts)
    with Outputs(space, now) as outputs:
        for path, data in documents.items():
            outputs.put(path, data)
    findings = (*checked.findings, *missing_elements(facts))
    return WorkPlan(tuple(documents), checked.team, now, findings, outputs.set_aside)


def plan_documents(evaluation: Evaluation, now: datetime) -> dict[Path, bytes]:
    """The documents as they would be written now; nothing is written."""
    space = evaluation.workspace
    team = check_people(evaluation, now).team if space.team.is_file() else Team()
    return _documents(evaluation, team, _facts(evaluation, team, now))


def _documents(evaluation: Evaluation, team: Team, facts: PlanFacts) -> dict[Path, bytes]:
    folder, words = evaluation.workspace.root / FOLDER, plan_words(facts)
    made = {
        folder / name: compile_template(evaluation.document_template(name), name).render(words)
        for name in (PLAN_TEMPLATE, ACCEPTANCE_TEMPLATE)
    }
    written = pledges(evaluation.scheme, evaluation.roster, team)
    return {**made, folder / PLEDGES: with_fonts(written, fonts_in(evaluation.scheme.settings))}


def _facts(evaluation: Evaluation, team: Team, now: datetime) -> PlanFacts:
    scheme = evaluation.scheme
    sizes = {
        survey.code: needed(survey.population, survey.confidence, survey.margin, survey.expected)
        for survey in scheme.surveys
    }
    return PlanFacts(
        scheme, evaluation.roster, team, now.date(), sizes, _sampling(evaluation), _products(evaluation),
        evaluation.workspace.team.name,
    )  # fmt: skip


def _sampling(evaluation: Evaluation) -> str:
    method = evaluation.scheme.settings.get(SAMPLING) or METHODS[0]
    surveys = "问卷样本量按有限总体的简单随机抽样计算。" if evaluation.scheme.surveys else ""
    return (
        f"书面核查覆盖全部{len(evaluation.roster.projects)}个项目。现场核查从每个项目可核定的填报值中抽样，方法为{method}，"
        f"每个项目抽取{_SIZE}项（不足的全部核查）；种子为{evaluation.workspace.evaluation_id}，"
        f"连同总体校验值印在抽样清单上，可以复现。{surveys}"
    )


def _products(evaluation: Evaluation) -> tuple[tuple[str, bool], ...]:
    """The deliverables and whether a report of the kind lies in its folder."""
    found = [path.stem for path in evaluation.workspace.reports.glob("*.docx") if not is_dated_copy(path)]
    if len(evaluation.roster.projects) == 1:
        return (("评价报告", any(name.endswith("报告") for name in found)),)
    left_out = () if evaluation.scheme.settings.get("整体核查单位") else (DocumentKind.VERIFICATION,)
    wanted = [kind for kind in DocumentKind if kind.is_of_all and kind not in left_out]
    return tuple((str(kind), any(kind in stem for stem in found)) for kind in wanted)
