"""Page numbers in the contents of reports: as LibreOffice lays the pages out, remembered by the document's content.

They are printed wherever LibreOffice is installed; where it is not, the run says so. Setting ``JIXIAO_PAGES`` to 0
leaves them out: for machines on which LibreOffice is slow, and for work of which nobody prints anything.
"""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from toolkit.cache import Cache, entry_key, program_state
from toolkit.errors import MissingProgramError, UnreadableFileError
from toolkit.excel.files import sha256_of
from toolkit.excel.libreoffice import find_soffice, print_document
from toolkit.model import CellRef, Finding, Sentence, Severity
from toolkit.pipeline.progress import Progress, silent
from toolkit.word.contents import pages_by_libreoffice

SWITCH = "JIXIAO_PAGES"
STAGE = "排目录页码"
_HOW = "安装 LibreOffice 后重新生成报告；或在 Word 中右键目录选“更新域”"


@dataclass(slots=True)
class Paging:
    """Lays documents out and says where that was not possible.

    Attributes:
        required: page numbers are asked for: where there is no LibreOffice, nothing is made.
        findings: contents without page numbers, and why.
        document: which one is being laid out, for whoever waits.
    """

    cache: Cache
    required: bool = False
    progress: Progress = silent
    findings: list[Finding] = field(default_factory=list)
    document: str = ""

    @property
    def wanted(self) -> bool:
        """Whether contents are to have page numbers."""
        return self.required or os.environ.get(SWITCH, "").strip() != "0"

    def pages_of_document(self, name: str, docx: bytes) -> Mapping[str, str]:
        """As :meth:`pages_of`, of the document with this name."""
        self.document = name
        return self.pages_of(docx)

    def pages_of(self, docx: bytes) -> Mapping[str, str]:
        """Bookmark → page number of every heading in the contents of a document; nothing where it has no numbers.

        Raises:
            MissingProgramError, UnreadableFileError: they are required and LibreOffice is absent or fails.
        """
        if not self.wanted:
            return {}
        key = entry_key("pages", program_state(), sha256_of(docx))
        if (kept := self.cache.get(key)) is not None:
            with suppress(ValueError):
                return {str(name): str(page) for name, page in json.loads(kept).items()}
        try:
            return self._laid_out(docx, key)
        except (MissingProgramError, UnreadableFileError) as error:
            if self.required:
                raise
            self._say(error.message)
            return {}

    def _laid_out(self, docx: bytes, key: str) -> Mapping[str, str]:
        if not self.required and find_soffice() is None:
            raise MissingProgramError("本机没有 LibreOffice")
        self.progress(STAGE, 0, 0, item=self.document)
        pages = pages_by_libreoffice(docx, print_document)
        self.cache.put({key: json.dumps(pages).encode()})
        return pages

    def _say(self, why: str) -> None:
        words = Sentence.saying("目录没有印页码：{why}", why=why)
        if all(finding.told != words for finding in self.findings):
            self.findings.append(Finding("REPORT-01", Severity.NOTE, CellRef("07-评价报告"), words, _HOW))
