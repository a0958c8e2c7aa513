"""Whose workbook is this: the identity every collection workbook carries in three places, and its seal.

The printed pages that are signed bear it too, with a short seal, as a QR code.

The places are the very hidden sheet ``_标识``, a custom document property and a hidden defined name. All of them
hold the same token; the sheet also holds its parts in plain words, one a row. A copied, stripped or edited
identity does not verify.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Self
from urllib.parse import quote, unquote

IDENTITY_SHEET = "_标识"
IDENTITY_PROPERTY = "jixiao_identity"
IDENTITY_NAME = "jixiao_identity"
RECALCULATED_NAME = "重算标记"
"""Defined name of the formula cell that holds no result until a spreadsheet program has calculated the file."""

PROJECT_FACT = "项目_"
"""Begins the defined names of the cells of the identity sheet that keep what the roster said of the project."""

CORRECTION_SHEET = "退回整改单"
"""The sheet put before the others in a workbook that goes back for correction; it comes back with it."""
_BETWEEN_CODES = "+"

MIGRATION_SHEET = "迁移记录"
"""The sheet that says from which file of an older scheme the answers of a workbook were carried over."""
SOURCE, FINGERPRINT, SCHEMES = "原文件", "原文件指纹", "方案"
"""Facts of that sheet."""

IDENTITY_CELLS: Mapping[str, str] = MappingProxyType(
    {"evaluation": "B2", "project": "B3", "scheme": "B4", "template": "B5", "signature": "B6", "token": "B7"}
)
"""Where the parts stand on the identity sheet."""

PAGE_CODE_PICTURE = "二维码"
"""Name of the template's pictures that the QR code of a project's signed pages stands in for."""

_FORMAT = "jixiao1"
_SCHEME_DIGITS = 16
_SEAL_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Identity:
    """What all workbooks of one evaluation share.

    Attributes:
        evaluation: id of the evaluation, chosen when its folder was set up.
        key: secret of the evaluation; it never leaves the evaluation's folder.
    """

    evaluation: str
    key: bytes


NOBODY = Identity("", b"")
"""Stands for no evaluation: no seal is genuine."""


@dataclass(frozen=True, slots=True)
class ProjectIdentity:
    """The identity of one project's workbook.

    Attributes:
        evaluation: id of the evaluation.
        project: project id in the roster.
        scheme: first 16 hex digits of the scheme's sha256.
        template: version of the compiled template: first 12 hex digits of the template file's sha256.
        signature: HMAC-SHA256 of the other parts, hex; "" when unsigned.
    """

    evaluation: str
    project: str
    scheme: str
    template: str
    signature: str = ""

    @property
    def token(self) -> str:
        """The whole identity as one line of plain ASCII, short enough for a defined name."""
        return "|".join((canonical_text(self), self.signature))

    @property
    def seal(self) -> str:
        """The first 16 digits of the signature: two workbooks have the same seal only when all their parts agree."""
        return self.signature[:_SEAL_DIGITS]

    @property
    def page_code(self) -> str:
        """What the QR code of the signed pages says: the token with the seal in place of the signature."""
        return "|".join((canonical_text(self), self.seal))

    @classmethod
    def from_token(cls, token: str) -> Self | None:
        """Read a token back; None when the text is none. Says nothing about the signature: see :func:`is_genuine`."""
        parts = token.strip().strip('"').split("|")
        if len(parts) != 6 or parts[0] != _FORMAT:
            return None
        evaluation, project, scheme, template, signature = (unquote(part) for part in parts[1:])
        return cls(evaluation, project, scheme, template, signature)


def canonical_text(identity: ProjectIdentity) -> str:
    """The signed text: format and four parts, each percent-encoded so that no part can imitate a border."""
    parts = (identity.evaluation, identity.project, identity.scheme, identity.template)
    return "|".join((_FORMAT, *(quote(part, safe="") for part in parts)))


def sign(identity: Identity, project: str, scheme_sha256: str, template_version: str) -> ProjectIdentity:
    """The signed identity of one project's workbook."""
    unsigned = ProjectIdentity(identity.evaluation, project, scheme_sha256[:_SCHEME_DIGITS], template_version)
    return ProjectIdentity(
        unsigned.evaluation, unsigned.project, unsigned.scheme, unsigned.template, _signature(unsigned, identity.key)
    )


def is_genuine(identity: ProjectIdentity, key: bytes) -> bool:
    """True when the signature was made with this key over exactly these parts."""
    return hmac.compare_digest(_signature(identity, key).encode(), identity.signature.encode("utf-8", "replace"))


def is_genuine_code(identity: ProjectIdentity, key: bytes) -> bool:
    """The same for an identity read from a page's QR code, which bears the seal only."""
    seal = _signature(identity, key)[:_SEAL_DIGITS]
    return hmac.compare_digest(seal.encode(), identity.signature.encode("utf-8", "replace"))


def template_version(template: bytes) -> str:
    """Version of a template: changes whenever the template file changes."""
    return hashlib.sha256(template).hexdigest()[:12]


def _signature(identity: ProjectIdentity, key: bytes) -> str:
    return hmac.new(key, canonical_text(identity).encode(), hashlib.sha256).hexdigest()


def mark_of(codes: Sequence[str], key: str) -> str:
    """By which a line of that sheet is known again: codes of its findings, and their slot key or sheet."""
    return f"{_BETWEEN_CODES.join(codes)} {key}"


def codes_of_mark(mark: str) -> tuple[tuple[str, ...], str]:
    """Codes and key of a line; marks of older workbooks have one code."""
    codes, _, key = mark.partition(" ")
    return tuple(codes.split(_BETWEEN_CODES)), key
