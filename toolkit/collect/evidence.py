"""Supporting files beside the workbooks: whose they are, which item of the evidence list each one is, what is missing.

In: the files on record and the submissions that count. Out: an :class:`EvidenceMatch`, and of files that are no
returns those that :func:`supporting` takes for evidence. Nothing is opened here.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from toolkit.collect.context import Cause, Outcome
from toolkit.collect.evidence_findings import (
    beyond_last_page,
    doubled,
    missing,
    nobodys,
    none_at_all,
    none_received,
    unlisted,
    unopenable,
)
from toolkit.collect.intake import WORKBOOK_NAMES
from toolkit.collect.named_projects import NamedProjects, only
from toolkit.collect.stamped_pages import SignedScan, SignedScans
from toolkit.model import EvidenceItem, Finding, Roster, Scheme, Submission
from toolkit.model.identity import NOBODY, Identity
from toolkit.text.folding import squeeze

_SEPARATORS = re.compile(r"[、，,；;\n\r]+")
_NUMBER = re.compile(r"\d+")
_PROVIDED = "已提供"
_GIVEN, _NAMES, _PAGES = "佐证提供", "佐证文件名", "佐证页码"


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One supporting file on record.

    Attributes:
        name, folder: its name, and where it lay under the given path, archives included (``市数据局/材料.zip``).
        size: Units: bytes.
        pages: of a PDF; None for other kinds and where they cannot be counted.
        project: project id, "" while nobody can tell.
        item: code in the evidence list, "" for none.
        codes: what the QR codes of forms say on it (:mod:`toolkit.collect.stamped_pages`).
        code_damaged: there are QR codes on it, and none can be read.
        signed: it is a scan of the pages that a unit signs.
    """

    name: str
    folder: str
    sha256: str
    size: int
    kind: str = ""
    pages: int | None = None
    openable: bool = True
    project: str = ""
    item: str = ""
    codes: tuple[str, ...] = ()
    code_damaged: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceMatch:
    """All files with the project and item they belong to, and what is to be said."""

    files: tuple[EvidenceFile, ...]
    findings: tuple[Finding, ...]


def evidence_keys(scheme: Scheme) -> frozenset[str]:
    """Answers of a return that are looked at here: the unit's list of its evidence."""
    return frozenset(f"{asked}_{item.code}" for item in scheme.evidence for asked in (_GIVEN, _NAMES, _PAGES))


def match_evidence(
    files: Sequence[EvidenceFile],
    submissions: Mapping[str, Submission],
    folders: Mapping[str, Collection[str]],
    scheme: Scheme,
    roster: Roster,
    identity: Identity = NOBODY,
) -> EvidenceMatch:
    """Tell every file's project and item, and compare with what the units listed and with the forms they signed.

    Args:
        files: as recorded, in any order.
        submissions: by project id.
        folders: project id → every folder a workbook of it came in, whichever of them counts.
        scheme: for its evidence list.
        roster: for the names of projects.
        identity: of the evaluation, by which the codes of signed pages are told from others.
    """
    if not files:
        listing = any(_claimed(submission, item) for submission in submissions.values() for item in scheme.evidence)
        return EvidenceMatch((), (none_at_all(),) if listing else ())
    owners = _Owners(submissions, folders, scheme, roster)
    scans = SignedScans(identity, roster, submissions)
    read = [
        (file, owners.scanned(file, scans))
        for file in sorted(files, key=lambda file: (file.folder, file.name, file.sha256, file.project))
    ]
    placed = tuple(held for file, scan in read for held in owners.held(file, scan))
    findings = [
        *(finding for _, scan in read for finding in scan.findings),
        *(finding for file in placed for finding in _about(file, submissions)),
        *_of_projects(placed, submissions, scheme),
        *_shared(placed),
    ]
    return EvidenceMatch(placed, tuple(sorted(findings, key=Finding.sort_key)))


def may_support(outcome: Outcome) -> bool:
    """Whether a refused file may be evidence: a workbook that is not ours, or a text that does not pose as ours."""
    if outcome.cause is Cause.NOT_A_WORKBOOK:
        return not outcome.file_name.casefold().endswith(WORKBOOK_NAMES)
    return outcome.cause is Cause.NOT_OURS


def supporting(
    files: Sequence[EvidenceFile],
    submissions: Mapping[str, Submission],
    folders: Mapping[str, Collection[str]],
    scheme: Scheme,
    roster: Roster,
) -> tuple[EvidenceFile, ...]:
    """Those of some files that belong to the evidence list, or lie with the return of their project.

    The arguments are those of :func:`match_evidence`.
    """
    owners = _Owners(submissions, folders, scheme, roster)
    return tuple(file for file in files if owners.supports(file))


class _Owners:
    """Tells whose a file is: by a project's name or number in its path, by its folder, by the units' own lists."""

    def __init__(
        self,
        submissions: Mapping[str, Submission],
        folders: Mapping[str, Collection[str]],
        scheme: Scheme,
        roster: Roster,
    ) -> None:
        self._submissions = submissions
        self._items = scheme.evidence
        self._named = NamedProjects(roster)
        self._single = len(roster.projects) == 1
        self._by_folder: dict[str, set[str]] = defaultdict(set)
        for project, places in folders.items():
            for folder in places:
                self._by_folder[folder].add(project)

    def placed(self, file: EvidenceFile) -> EvidenceFile:
        """The file with its project and its item."""
        project = self._named.in_path(file.folder, file.name) or self._by_place(file) or self._by_list(file)
        return replace(file, project=project, item=self._item(file.name, self._submissions.get(project)))

    def scanned(self, file: EvidenceFile, scans: SignedScans) -> SignedScan:
        """What the file is as a scan of signed pages; one that is an item of the list is none by its name alone."""
        placed = self.placed(file)
        scan = scans.read(file.name, file.folder, file.codes, damaged=file.code_damaged, owner=placed.project)
        return SignedScan() if scan.by_name and placed.item else scan

    def held(self, file: EvidenceFile, scan: SignedScan) -> Iterator[EvidenceFile]:
        """The file as it is held for a project; a scan of several projects' pages for each of them."""
        if scan.foreign:
            yield replace(file, signed=True)
        elif scan.projects:
            yield from (replace(file, project=project, signed=True) for project in scan.projects)
        else:
            yield replace(self.placed(file), signed=bool(scan.findings))

    def supports(self, file: EvidenceFile) -> bool:
        """Listed or named by an item's code; else in the folder or archive of a return, and of no other project."""
        placed = self.placed(file)
        if placed.item:
            return True
        around = (PurePosixPath(file.folder), *PurePosixPath(file.folder).parents)
        # In the inbox itself lie the files of all units: only where there is but one project they belong together.
        beside = any(str(place) in self._by_folder or (self._single and str(place) == ".") for place in around)
        return beside and (not placed.project or placed.project in self._submissions)

    def _by_place(self, file: EvidenceFile) -> str:
        """The only project whose workbook lay in the same folder or archive, or in the nearest one around it."""
        folder = PurePosixPath(file.folder)
        for place in (folder, *folder.parents):
            if here := self._by_folder.get(str(place) if str(place) != "." else ""):
                return only(here)
        return ""

    def _by_list(self, file: EvidenceFile) -> str:
        wanted = _stem(file.name)
        listing = {
            project
            for project, submission in self._submissions.items()
            for item in self._items
            if wanted in _listed(submission, item)
        }
        return only(listing)

    def _item(self, name: str, submission: Submission | None) -> str:
        """The item whose listed file names hold this one, else the item whose code the file's name begins with."""
        if submission is not None:
            listed = {item.code for item in self._items if _stem(name) in _listed(submission, item)}
            if found := only(listed):
                return found
        start = squeeze(name).casefold()
        return only({item.code for item in self._items if _begins_with(start, item.code.casefold())})


def _begins_with(name: str, code: str) -> bool:
    return name.startswith(code) and not name[len(code) : len(code) + 1].isdigit()


def _stem(name: str) -> str:
    """A file name as it is compared: without its extension, spacing and case."""
    return squeeze(PurePosixPath(name.strip()).stem).casefold()


def _listed(submission: Submission, item: EvidenceItem) -> set[str]:
    """File names a unit gave for an item."""
    reading = submission.readings.get(f"{_NAMES}_{item.code}")
    names = _SEPARATORS.split(str(reading.value)) if reading and reading.value is not None else []
    return {stem for name in names if (stem := _stem(name))}


def _claimed(submission: Submission, item: EvidenceItem) -> bool:
    """Whether the unit says that it handed in an item."""
    return submission.value(f"{_GIVEN}_{item.code}") == _PROVIDED or bool(_listed(submission, item))


def _about(file: EvidenceFile, submissions: Mapping[str, Submission]) -> Iterator[Finding]:
    if not file.openable:
        yield unopenable(file.name, file.project)
    if file.signed:
        return
    if not file.project:
        yield nobodys(file.name, file.folder)
    elif not file.item and file.project in submissions:
        yield unlisted(file.name, file.project)
    reading = submissions[file.project].readings.get(f"{_PAGES}_{file.item}") if file.project in submissions else None
    pages = [int(number[:6]) for number in _NUMBER.findall(reading.original)] if reading and file.item else []
    if reading and file.pages and pages and max(pages) > file.pages:
        yield beyond_last_page(file.name, file.project, file.item, file.pages, reading)


def _of_projects(
    placed: Sequence[EvidenceFile], submissions: Mapping[str, Submission], scheme: Scheme
) -> Iterator[Finding]:
    received: dict[str, set[str]] = defaultdict(set)
    for file in placed:
        if not file.signed:
            received[file.project].add(file.item)
    for project, submission in submissions.items():
        claimed = [item for item in scheme.evidence if _claimed(submission, item)]
        if claimed and project not in received:
            yield none_received(submission, len(claimed))
            continue
        yield from (missing(submission, item) for item in claimed if item.code not in received[project])


def _shared(placed: Sequence[EvidenceFile]) -> Iterator[Finding]:
    """Files that came for more than one project."""
    same: dict[str, list[EvidenceFile]] = defaultdict(list)
    for file in placed:
        if file.project and not file.signed:
            same[file.sha256].append(file)
    for copies in same.values():
        projects = sorted({copy.project for copy in copies}, key=lambda project: (len(project), project))
        if len(projects) > 1:
            names = tuple(dict.fromkeys(copy.name for copy in copies))
            yield from (doubled(names[0], project, projects) for project in projects)
