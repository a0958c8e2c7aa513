"""A file of answers being read in a process of its own while the evaluation is loaded."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from toolkit.collect.worker import REFUSED, IsolatedReader
from toolkit.errors import UnreadableFileError, WorkspaceError
from toolkit.excel.grids import Grids, plain_grids


class AnswersFile:
    """The bytes of an exported file, and its tables once they are read; use as a context manager."""

    def __init__(self, path: Path) -> None:
        """Begin to read.

        Raises:
            WorkspaceError: no such file.
        """
        if not path.is_file():
            raise WorkspaceError("找不到答卷文件", where=path, what_to_do="核对路径；给出从问卷平台导出的一个文件")
        self.name = path.name
        self.data = path.read_bytes()
        self._reader = IsolatedReader(None, read=plain_grids, at_once=True)
        self._thread = ThreadPoolExecutor(1)
        self._answer: Future[tuple[Any, ...]] = self._thread.submit(self._reader.plain, self.data, self.name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()
        self._thread.shutdown()

    def grids(self) -> Grids:
        """The tables of the file; waits for them.

        Raises:
            UnreadableFileError: it holds none, or the worker hung, died or failed over it.
        """
        kind, *content = self._answer.result()
        if kind == REFUSED:
            raise UnreadableFileError(str(content[0]), where=self.name, what_to_do=str(content[1]))
        grids: Grids = content[0]
        return grids
