"""The same results out of an archive again, byte for byte, or what differs and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from toolkit.aggregate import PrintedMaster, build_master
from toolkit.archive import Manifest
from toolkit.errors import MissingProgramError, TemplateError, UnreadableFileError
from toolkit.excel.files import sha256_of
from toolkit.pipeline.archive.archiving import program_facts
from toolkit.pipeline.archive.opening import unpacked
from toolkit.pipeline.deliver.master_book import plan_master
from toolkit.pipeline.deliver.paging import Paging
from toolkit.pipeline.deliver.reporting import document_template, report_facts
from toolkit.pipeline.deliver.self_forms import self_forms
from toolkit.pipeline.examine.results import Results, results
from toolkit.pipeline.outcome import Json
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.pipeline.progress import Progress, silent
from toolkit.report import render_reports, report_names
from toolkit.word.generation import base_of, with_base


class Sameness(StrEnum):
    """What became of one result; the value is for people, the name for ``--json``."""

    IDENTICAL = "逐字节一致"
    EDITED = "归档的是人工修改稿；它当初的生成稿逐字节一致"
    DIFFERENT = "不一致"
    MISSING = "归档包里没有"
    NOT_MADE = "重算时没有生成"


_GOOD = (Sameness.IDENTICAL, Sameness.EDITED)


@dataclass(frozen=True, slots=True)
class Reproduced:
    """One result made again. ``why`` says what is known about a difference."""

    name: str
    state: Sameness
    archived: str
    made: str
    why: str = ""

    def as_json(self) -> Json:
        """``{"name", "state", "archived", "made", "why"}``; the middle two are sha256."""
        return {
            "name": self.name,
            "state": self.state.name.lower(),
            "archived": self.archived,
            "made": self.made,
            "why": self.why,
        }


@dataclass(frozen=True, slots=True)
class Rerun:
    """Of ``archive rerun``. ``programs``: program or library → (version in the archive, version here), all of them."""

    file: Path
    programs: Mapping[str, tuple[str, str]]
    results: tuple[Reproduced, ...]

    @property
    def ok(self) -> bool:
        """Every result came out again."""
        return bool(self.results) and all(result.state in _GOOD for result in self.results)

    @property
    def other_versions(self) -> tuple[str, ...]:
        """``jixiao-toolkit 0.1.0（本机 0.2.0）`` for each program of another version."""
        return tuple(
            f"{name} {then}（本机 {here or '没有'}）" for name, (then, here) in self.programs.items() if then != here
        )

    def as_json(self) -> Json:
        """``{"ok", "file", "identical", "edited", "different", "versions", "results"}``."""
        counts = {
            "identical": sum(result.state is Sameness.IDENTICAL for result in self.results),
            "edited": sum(result.state is Sameness.EDITED for result in self.results),
            "different": sum(result.state not in _GOOD for result in self.results),
        }
        versions = [{"name": name, "recorded": then, "here": here} for name, (then, here) in self.programs.items()]
        rows = [result.as_json() for result in self.results]
        return {"ok": self.ok, "file": str(self.file), **counts, "versions": versions, "results": rows}


def rerun_archive(file: Path, progress: Progress = silent) -> Rerun:
    """Make master and reports again from what was archived, in a passing folder, and compare.

    Raises:
        WorkspaceError: there is no such file, or it is not what was handed over, or a masked copy.
        SchemeError: scheme or roster cannot be used by this version.
    """
    here = program_facts()
    with unpacked(file) as (folder, manifest):
        programs = {name: (then, here.get(name, "")) for name, then in manifest.program.items()}
        found = tuple(_results(Evaluation.load(Workspace.open(folder)), manifest, progress))
    made = Rerun(file, programs, found)
    if made.ok or not made.other_versions:
        return made
    return Rerun(file, programs, tuple(_explained(result, made.other_versions) for result in found))


def _explained(result: Reproduced, versions: tuple[str, ...]) -> Reproduced:
    if result.state in _GOOD:
        return result
    why = f"程序版本与归档时不同：{'、'.join(versions)}"
    return Reproduced(result.name, result.state, result.archived, result.made, f"{result.why}；{why}".strip("；"))


def _results(evaluation: Evaluation, manifest: Manifest, progress: Progress) -> Iterator[Reproduced]:
    space = evaluation.workspace
    key = space.master.relative_to(space.root).as_posix()
    last = max((facts["at"] for facts in manifest.made.values()), default="")
    at = datetime.fromisoformat(manifest.made.get(key, {}).get("at") or last) if last else space.created
    found = results(evaluation, at.date(), progress)
    master = build_master(plan_master(evaluation, found)).printed()
    yield _master(space, key, manifest.made.get(key, {}), master)
    yield from _reports(evaluation, manifest, master, at, progress)
    yield from _forms(evaluation, found, master)


def _master(space: Workspace, key: str, facts: Mapping[str, Any], master: PrintedMaster) -> Reproduced:
    made = sha256_of(master.data)
    if not space.master.is_file():
        return Reproduced(key, Sameness.MISSING, "", made, "归档前没有生成汇总总表")
    archived = sha256_of(space.master.read_bytes())
    if archived == made:
        return Reproduced(key, Sameness.IDENTICAL, archived, made)
    if facts.get("sha256") == made:
        return Reproduced(key, Sameness.EDITED, archived, made, "总表生成以后由表格软件另存过")
    return Reproduced(key, Sameness.DIFFERENT, archived, made, "总表生成以后，数据、意见或方案改动过")


def _reports(
    evaluation: Evaluation, manifest: Manifest, master: PrintedMaster, at: datetime, progress: Progress
) -> Iterator[Reproduced]:
    """Reports made on another day or with page numbers are made that way again."""
    folder = evaluation.workspace.reports
    prefix = folder.relative_to(evaluation.workspace.root).as_posix()
    facts = report_facts(evaluation, master, at)
    names = list(report_names(facts))
    ways: dict[tuple[str, bool], list[str]] = {}
    for name in names:
        how = manifest.made.get(f"{prefix}/{name}", {})
        ways.setdefault((how.get("at", "")[:10] or at.date().isoformat(), bool(how.get("pages"))), []).append(name)
    done = 0
    for (day, pages), wanted in ways.items():
        when = datetime.combine(datetime.fromisoformat(day).date(), at.timetz())
        for name, data, why in _rendered(evaluation, master, when, wanted, pages=pages):
            done += 1
            progress("重算报告", done, len(names))
            yield _report(f"{prefix}/{name}", folder / name, data, why)


def _forms(evaluation: Evaluation, found: Results, master: PrintedMaster) -> Iterator[Reproduced]:
    """自评表, which carry no date."""
    root = evaluation.workspace.root
    for form in self_forms(evaluation, found.examined.returns, master):
        name, data = form.path.relative_to(root).as_posix(), form.data()
        if form.path.suffix == ".docx":
            yield _report(name, form.path, data, "")
            continue
        archived = sha256_of(form.path.read_bytes()) if form.path.is_file() else ""
        made = sha256_of(data)
        state = Sameness.IDENTICAL if archived == made else Sameness.DIFFERENT if archived else Sameness.MISSING
        yield Reproduced(name, state, archived, made, "" if state is Sameness.IDENTICAL else "自评表与重新打印的不一致")


def _rendered(
    evaluation: Evaluation, master: PrintedMaster, at: datetime, wanted: list[str], *, pages: bool
) -> Iterator[tuple[str, bytes, str]]:
    facts = report_facts(evaluation, master, at)
    paging = Paging(evaluation.workspace.cache, required=True)
    pages_of, why = (paging.pages_of_document, "") if pages else (None, "")
    try:
        for document in render_reports(facts, lambda name: document_template(evaluation, name), pages_of=pages_of):
            if document.name in wanted:
                yield document.name, document.data, why
    except MissingProgramError as error:
        words = f"目录页码要由 LibreOffice 排版：{error.message}"
        for document in render_reports(facts, lambda name: document_template(evaluation, name)):
            if document.name in wanted:
                yield document.name, document.data, words


def _report(name: str, path: Path, generated: bytes, why: str) -> Reproduced:
    sha256 = sha256_of(generated)
    finished = with_base(generated, sha256)
    if not path.is_file():
        return Reproduced(name, Sameness.MISSING, "", sha256_of(finished), "归档前没有生成这份报告")
    present = path.read_bytes()
    archived, made = sha256_of(present), sha256_of(finished)
    if present == finished:
        return Reproduced(name, Sameness.IDENTICAL, archived, made)
    try:
        base = base_of(present)
    except (TemplateError, UnreadableFileError):
        return Reproduced(name, Sameness.DIFFERENT, archived, made, "归档的报告打不开")
    if base == sha256:
        return Reproduced(name, Sameness.EDITED, archived, made)
    return Reproduced(name, Sameness.DIFFERENT, archived, made, why or "报告生成以后，数据、意见或方案改动过")
