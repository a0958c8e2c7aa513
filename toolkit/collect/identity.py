"""Whose workbook is this: by its sealed identity, else by the project name that stands in it. Two answers are none.

In: the book and the context. Out: an :class:`Identified` with the project, or a reason why nobody can tell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.collect.context import Cause, CollectContext
from toolkit.collect.project_names import ProjectNames
from toolkit.excel.book import Book, Sheet
from toolkit.model import CellRef, Finding, Project, Roster, Sentence, Severity
from toolkit.model.identity import (
    IDENTITY_CELLS,
    IDENTITY_NAME,
    IDENTITY_PROPERTY,
    IDENTITY_SHEET,
    ProjectIdentity,
    is_genuine,
)
from toolkit.text.folding import squeeze

_NAME_LABELS = frozenset(["项目名称", "评价项目", "评价项目名称", "被评价项目", "项目"])
_BELOW_TITLE = re.compile(r"项目名称[：:](.+?)\s{2}")
"""As the line below a sheet's title is generated: the name, and behind two spaces the unit."""
_REACH = 6  # a label's answer stands at most so many columns to its right
_ASK_AGAIN = "请使用下发给本项目的采集表填写并报送"


@dataclass(frozen=True, slots=True)
class Identified:
    """The answer.

    Attributes:
        project: project id; "" when refused.
        claimed: the workbook carries an identity of some evaluation, genuine or not.
        reason: why refused, in Chinese, with what to do; "" when not.
        cause: the same out of the closed list; None when not refused.
        notes: findings to hand on.
        seal: of the identity it was told by, "" when by another way.
        old_scheme, old_template: sealed by this evaluation, but for another version than the present one.
    """

    project: str = ""
    claimed: bool = False
    reason: str = ""
    notes: tuple[Finding, ...] = ()
    cause: Cause | None = None
    old_scheme: bool = False
    old_template: bool = False
    seal: str = ""


def identify(book: Book, file_name: str, context: CollectContext) -> Identified:
    """Tell the project of a returned workbook, or say why it cannot be told."""
    claims = _claims(book)
    return replace(_identified(claims, book, file_name, context), claimed=bool(claims))


def _identified(claims: set[ProjectIdentity], book: Book, file_name: str, context: CollectContext) -> Identified:
    genuine = {claim for claim in claims if is_genuine(claim, context.key)}
    ours = {claim for claim in genuine if claim.evaluation == context.evaluation_id}
    if foreign := sorted({claim.evaluation for claim in claims if claim.evaluation != context.evaluation_id}):
        reason = f"文件属于另一次评价（{'、'.join(foreign)}），不是本次评价的采集表。{_ASK_AGAIN}"
        return Identified(reason=reason, cause=Cause.OTHER_EVALUATION)
    notes = _tampered(file_name) if claims - genuine else ()
    if not ours:
        return _by_text(book, file_name, context, notes)
    return _by_seal(ours, book, file_name, context, notes)


def _by_seal(
    ours: set[ProjectIdentity], book: Book, file_name: str, context: CollectContext, notes: tuple[Finding, ...]
) -> Identified:
    claimed = sorted({claim.project for claim in ours})
    if len(claimed) > 1:
        reason = f"文件内同时带有{_projects(claimed, context.roster)}的标识，无法认定。{_ASK_AGAIN}"
        return Identified(reason=reason, cause=Cause.CONFLICT)
    project = context.roster.project(claimed[0])
    if project is None:
        reason = (
            f"是本次评价下发的采集表，但它的项目序号 {claimed[0]} 现在不在项目清单中。项目已退出的不需要处理；"
            "清单改了序号的，请改回下发时的序号"
        )
        return Identified(reason=reason, cause=Cause.WITHDRAWN)
    named = projects_named(book, context.names)
    if named and project.id not in named:
        reason = (
            f"文件标识为{_projects(claimed, context.roster)}，表内项目名称却是"
            f"{_projects(sorted(named), context.roster)}，两者不一致，未作猜测。{_ASK_AGAIN}"
        )
        return Identified(reason=reason, cause=Cause.CONFLICT)
    known = (context.scheme.sha256, *context.same_forms)
    old_scheme = any(not any(digest.startswith(claim.scheme) for digest in known) for claim in ours)
    old_template = any(claim.template not in context.layout.version for claim in ours)
    notes += _outdated(file_name, scheme=old_scheme) if old_scheme or old_template else ()
    seals = {claim.seal for claim in ours}
    seal = next(iter(seals)) if len(seals) == 1 else ""
    return Identified(project.id, notes=notes, old_scheme=old_scheme, old_template=old_template, seal=seal)


def _by_text(book: Book, file_name: str, context: CollectContext, notes: tuple[Finding, ...]) -> Identified:
    roster, named = context.roster, projects_named(book, context.names)
    if not named:
        reason = f"文件中没有有效标识，也找不到清单内的项目名称，无法认定属于哪个项目。{_ASK_AGAIN}"
        return Identified(reason=reason, cause=Cause.WHOSE)
    if len(named) > 1:
        listed = _projects(sorted(named), roster)
        reason = f"文件没有有效标识，表内内容可对应{listed}，未作猜测。{_ASK_AGAIN}"
        return Identified(reason=reason, cause=Cause.WHOSE)
    (project,) = named
    message = Sentence.saying("文件没有有效标识，按表内项目名称认定为{projects}", projects=_projects([project], roster))
    return Identified(project, notes=(*notes, _note("IDENT-02", Severity.WARNING, file_name, message)))


def projects_named(book: Book, names: ProjectNames) -> set[str]:
    """Ids of the projects a workbook names: beside a 项目名称 label if there is one, else anywhere.

    Projects of the same name are told apart by the unit that stands in the workbook.
    """
    sheets = [sheet for sheet in book.sheets if sheet.name != IDENTITY_SHEET]
    found = names.named(text for sheet in sheets for text in _beside_labels(sheet))
    if len(found) == 1:
        return {found[0].id}
    everywhere = {text for sheet in sheets for text in _texts(sheet)}
    found = found or names.named(everywhere)
    if len(found) > 1:
        by_unit = [project for project in found if everywhere & {squeeze(project.unit), *map(squeeze, project.units)}]
        found = by_unit or found
    return {project.id for project in found}


def others_named(sheets: Sequence[Sheet], names: ProjectNames, own: str) -> list[Project]:
    """Projects but one's own whose names fill a cell of some sheets, or stand in the line below their titles."""
    texts = [cell.value for sheet in sheets for cell in sheet.cells.values() if isinstance(cell.value, str)]
    heads = [found[1] for text in texts if (found := _BELOW_TITLE.match(text))]
    named = names.named(map(squeeze, texts + heads))
    return [project for project in named if project.id != own]


def _texts(sheet: Sheet) -> list[str]:
    return [squeeze(cell.value) for cell in sheet.cells.values() if isinstance(cell.value, str)]


def _beside_labels(sheet: Sheet) -> list[str]:
    """What stands to the right of a 项目名称 label, or after the colon in the label's own cell."""
    answers = []
    for (row, column), cell in sheet.cells.items():
        # A letter all labels have: looked for first because it takes no time.
        if not isinstance(cell.value, str) or "目" not in cell.value:
            continue
        label, colon, rest = cell.value.replace("：", ":").partition(":")
        if squeeze(label) not in _NAME_LABELS:
            continue
        right = (sheet.cells.get((row, column + step)) for step in range(1, _REACH + 1))
        beside = next(
            (cell.value for cell in right if cell is not None and isinstance(cell.value, str) and cell.value), ""
        )
        answers.append(squeeze(rest if colon and rest.strip() else beside))
    return [answer for answer in answers if answer]


def _claims(book: Book) -> set[ProjectIdentity]:
    """Every identity found in the three places; a place that holds none is passed over."""
    hidden = book.cell(IDENTITY_SHEET, IDENTITY_CELLS["token"])
    name = book.names.get(IDENTITY_NAME)
    tokens = (
        str(hidden.value) if hidden else "",
        book.properties.get(IDENTITY_PROPERTY, ""),
        name.ref.lstrip("=") if name else "",
    )
    return {claim for claim in map(ProjectIdentity.from_token, tokens) if claim is not None}


def _outdated(file_name: str, *, scheme: bool) -> tuple[Finding, ...]:
    """One finding: the workbook is genuine, but not of the present version."""
    of_what = "旧版方案" if scheme else "旧版模板"
    consequence = "；名称或计量单位与现行方案不同的项不采用" if scheme else ""
    message = Sentence.saying(
        "文件是按{of_what}生成的采集表：能对应到现行版本的填报项照常读取{consequence}；"
        "表内公式和固定文字因版本不同未作比对，计算项以现行公式重算为准",
        of_what=of_what,
        consequence=consequence,
    )
    hint = "如需逐格核对，请责任单位改用现行版本的采集表填报" if scheme else ""
    severity = Severity.WARNING if scheme else Severity.NOTE
    return (Finding("IDENT-04" if scheme else "IDENT-05", severity, CellRef(file_name), message, hint),)


def _tampered(file_name: str) -> tuple[Finding, ...]:
    return (_note("IDENT-03", Severity.WARNING, file_name, "文件内的标识被改动或不完整，该标识未予采用"),)


def _note(code: str, severity: Severity, file_name: str, message: str | Sentence) -> Finding:
    hint = "请核对文件确为该项目报送" if severity is Severity.WARNING else ""
    return Finding(code, severity, CellRef(file_name), message, hint)


def _projects(ids: list[str], roster: Roster) -> str:
    projects = (roster.project(project_id) for project_id in ids[:3])
    listed = "、".join(f"项目{project.id}“{project.name}”" for project in projects if project)
    return listed + (f"等{len(ids)}个项目" if len(ids) > 3 else "")
