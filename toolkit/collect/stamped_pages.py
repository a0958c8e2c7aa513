"""Scans of the pages a unit signs and stamps: whose they are, by the QR code that every form's pages bear.

The code says evaluation, project, versions of scheme and template, and the seal over them. It says which form was
printed, not what was filled in.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toolkit.collect.evidence_findings import (
    code_contradicts_name,
    code_unreadable,
    forged_code,
    forged_code_beside,
    other_evaluations_page,
    other_form_signed,
)
from toolkit.collect.named_projects import NamedProjects
from toolkit.model import Finding, Roster, Submission
from toolkit.model.identity import Identity, ProjectIdentity, is_genuine_code
from toolkit.text.folding import squeeze

_LONGEST_CODE, _MOST_CODES = 400, 50
_SIGNED_PAGE = re.compile(r"填报自检|自检表|承诺与盖章|承诺书|签章页|盖章页|签章件|盖章件")


@dataclass(frozen=True, slots=True)
class SignedScan:
    """What the codes of one file say.

    Attributes:
        projects: those of ours whose pages are on it, in the roster's order; none for a file that is no such scan.
        foreign: it bears pages of another evaluation and none of ours.
        by_name: only its name says that it is such a scan.
        findings: what is to be said.
    """

    projects: tuple[str, ...] = ()
    foreign: bool = False
    by_name: bool = False
    findings: tuple[Finding, ...] = ()


def form_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """Of the texts on a scan those that a form's pages bear, each once; invoices and adverts have codes too."""
    known = (text for text in texts if len(text) <= _LONGEST_CODE and text.isascii() and text.isprintable())
    return tuple(dict.fromkeys(text for text in known if ProjectIdentity.from_token(text)))[:_MOST_CODES]


class SignedScans:
    """Reads the codes of scans for one evaluation."""

    def __init__(self, identity: Identity, roster: Roster, submissions: Mapping[str, Submission]) -> None:
        self._identity = identity
        self._roster = roster
        self._named = NamedProjects(roster)
        self._submissions = submissions

    def read(self, name: str, folder: str, codes: Iterable[str], *, damaged: bool, owner: str = "") -> SignedScan:
        """What a scan's codes say; a code that cannot be read leaves the file to ``owner``, known in another way."""
        claims = [claim for claim in map(ProjectIdentity.from_token, codes) if claim]
        ours = [claim for claim in claims if self._is_ours(claim)]
        if ours:
            projects, by_name = projects_of(ours, self._roster), self._named.in_path(folder, name)
            false = (claim for claim in claims if claim.evaluation == self._identity.evaluation and claim not in ours)
            told = (*self._compared(name, ours), *_named(name, by_name, projects), *_beside(name, projects, false))
            return SignedScan(projects, findings=told)
        if foreign := sorted({claim.evaluation for claim in claims} - {self._identity.evaluation}):
            return SignedScan(foreign=True, findings=(other_evaluations_page(name, owner, foreign[0]),))
        if claims:
            return SignedScan(findings=(forged_code(name, owner, claims[0].project),))
        if _SIGNED_PAGE.search(squeeze(name)):
            return SignedScan(by_name=True, findings=(code_unreadable(name, owner, damaged=damaged),))
        return SignedScan()

    def _is_ours(self, claim: ProjectIdentity) -> bool:
        genuine = claim.evaluation == self._identity.evaluation and is_genuine_code(claim, self._identity.key)
        return genuine and self._roster.project(claim.project) is not None

    def _compared(self, name: str, ours: Iterable[ProjectIdentity]) -> Iterable[Finding]:
        """The form that was signed against the workbook that counts."""
        for claim in ours:
            submission = self._submissions.get(claim.project)
            if submission and submission.seal and submission.seal != claim.seal:
                yield other_form_signed(name, claim.project, claim.seal, submission)


def signed_projects(codes: Iterable[str], identity: Identity, roster: Roster) -> tuple[str, ...]:
    """Whose signed pages are on a scan with these codes: projects of this evaluation, each once."""
    return SignedScans(identity, roster, {}).read("", "", codes, damaged=False).projects


def projects_of(claims: Iterable[ProjectIdentity], roster: Roster) -> tuple[str, ...]:
    """The projects of some identities, each once, in the roster's order."""
    named = {claim.project for claim in claims}
    return tuple(project.id for project in roster.projects if project.id in named)


def _beside(name: str, projects: tuple[str, ...], false: Iterable[ProjectIdentity]) -> Iterable[Finding]:
    """Codes that claim to be ours and are not, on a scan whose other codes are."""
    for claimed in dict.fromkeys(claim.project for claim in false):
        yield forged_code_beside(name, projects, claimed)


def _named(name: str, by_name: str, projects: tuple[str, ...]) -> Iterable[Finding]:
    if by_name and by_name not in projects:
        yield code_contradicts_name(name, by_name, projects)
