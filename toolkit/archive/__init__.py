"""The archive of an evaluation: one zip that proves by itself that nothing in it was changed.

In: named bytes with what they are for. Out: the zip, written so that there is exactly one way to write it; what a zip
says of itself, and findings for every member that was changed, taken out or added.
It knows no workspace; ``pipeline/archive`` says what goes in.
"""

from toolkit.archive.container import ArchiveError, Entry, OpenedArchive, open_archive
from toolkit.archive.contents import Content, PaperClass
from toolkit.archive.digests import Digests, digests_of
from toolkit.archive.examining import examine, extract
from toolkit.archive.manifest import INDEX, MANIFEST, Manifest, ManifestError, Member
from toolkit.archive.writing import ArchiveFacts, Written, write_archive

__all__ = [
    "INDEX",
    "MANIFEST",
    "ArchiveError",
    "ArchiveFacts",
    "Content",
    "Digests",
    "Entry",
    "Manifest",
    "ManifestError",
    "Member",
    "OpenedArchive",
    "PaperClass",
    "Written",
    "digests_of",
    "examine",
    "extract",
    "open_archive",
    "write_archive",
]
