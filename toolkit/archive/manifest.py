"""MANIFEST: every member with its digests, what made the archive, where the ledger ends, and a seal over all of it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

FORMAT = "jixiao-archive-1"
MANIFEST, INDEX = "MANIFEST.json", "目录.xlsx"


class ManifestError(Exception):
    """The manifest is none; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Member:
    """What the manifest says of a member. ``number`` is its working-paper number, "" for the index itself."""

    name: str
    size: int
    sha256: str
    sm3: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole of it.

    Attributes:
        program: version of the toolkit, of Python and of the libraries that decide over bytes.
        scheme: version and sha256 of the scheme in force.
        head: number and hash of the ledger's last event.
        made: path of the master and of every report → when it was generated and how.
        masked: it is a copy without personal data, which cannot be run again.
        seal: over everything above: an HMAC with the evaluation's key; of a masked copy, which has none, a plain hash.
    """

    evaluation: str
    title: str
    program: Mapping[str, str]
    scheme: Mapping[str, str]
    head: Mapping[str, Any]
    made: Mapping[str, Mapping[str, str]]
    members: tuple[Member, ...]
    masked: bool = False
    seal: str = ""

    def sealed(self, key: bytes) -> bytes:
        """The manifest as it is written, with its seal."""
        return _canonical(self._values() | {"seal": self._seal(key)})

    def fits(self, key: bytes) -> bool:
        """Whether the seal was made with this key over exactly this."""
        return hmac.compare_digest(self._seal(key), self.seal)

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a manifest; anything but the one way to write it is refused.

        Raises:
            ManifestError: it is none, or was written by something else.
        """
        try:
            held = json.loads(data)
            members = tuple(Member(**row) for row in held.pop("members"))
            if held.pop("format") != FORMAT:
                raise ManifestError("清单的格式版本不认识：可能由更新版本的程序归档")
            made = cls(members=members, **held)
            faithful = _canonical(made._values() | {"seal": made.seal}) == data
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ManifestError("清单（MANIFEST.json）已损坏，读不出来") from error
        if not faithful:
            raise ManifestError("清单（MANIFEST.json）被改写过：不是本工具写出的样子")
        return made

    def _seal(self, key: bytes) -> str:
        text = _canonical(self._values())
        return hmac.new(key, text, hashlib.sha256).hexdigest() if key else hashlib.sha256(text).hexdigest()

    def _values(self) -> dict[str, Any]:
        rows = [
            {"name": row.name, "size": row.size, "sha256": row.sha256, "sm3": row.sm3, "number": row.number}
            for row in self.members
        ]
        return {
            "format": FORMAT,
            "evaluation": self.evaluation,
            "title": self.title,
            "program": dict(self.program),
            "scheme": dict(self.scheme),
            "head": dict(self.head),
            "made": {name: dict(facts) for name, facts in self.made.items()},
            "masked": self.masked,
            "members": rows,
        }


def _canonical(values: Mapping[str, Any]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()
