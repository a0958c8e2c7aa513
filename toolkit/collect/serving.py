"""The process that opens what comes from outside: its whole life, from the first request to the end of the pipe.

What reads files is imported where a request asks for it: one kind of file is read without what reads the others.
"""

import gc
import pickle
from collections.abc import Callable, Iterator
from typing import Any

from toolkit import processes
from toolkit.collect.answer import Answer, Ended, Failed, Member, Plain, Ready, packed_answer
from toolkit.collect.child import (
    address_space,
    limit_memory,
    own_pipes,
    read_frame,
    write_frame,
)
from toolkit.collect.context import CollectContext, Outcome
from toolkit.collect.page_count import Look
from toolkit.collect.request import ReadFunction
from toolkit.collect.unzip import CannotUnpackError
from toolkit.errors import UnreadableFileError
from toolkit.qr import codes_on

_BUG = "读取时程序出错（{}）。请把文件和这条信息一并反馈给技术人员"
_TOO_MUCH = "读取这个文件要用的内存超过上限，其中可能有大量样式、空行或图片。请只留需要的内容，另存为新文件"
BOOK, UNREADABLE = "book", "unreadable"


def read_return(data: bytes, file_name: str, context: CollectContext) -> Outcome:
    """The outcome for a returned workbook (see :mod:`toolkit.collect.reading`)."""
    from toolkit.collect.reading import read_return as read

    return read(data, file_name, context)


def serve_as_copy(first: Callable[[], None] | None = None) -> None:
    """A copy has what the program it was copied from had: its limit is for what comes on top of that.

    ``first``: what is done before anything is asked for.
    """
    gc.freeze()  # nor is that looked through for what is unused
    if first is not None:
        first()
    serve(address_space())


def serve(had: int = 0) -> None:
    """The worker's whole life: read, answer, until the pipe closes. ``had``: memory beside its limit. Units: bytes."""
    processes.set_up()
    requests, answers = own_pipes()
    first = read_frame(requests)
    if first is None:
        return
    context, read, memory = pickle.loads(first)  # noqa: S301  from the program that started us
    limit_memory(memory + had)
    write_frame(answers, packed_answer(Ready()))
    while (request := read_frame(requests)) is not None:
        what, data, file_name = pickle.loads(request)  # noqa: S301  likewise
        for answer in _answers(what, data, file_name, context, read):
            write_frame(answers, packed_answer(answer))


def _answers(what: str, data: bytes, file_name: str, context: CollectContext, read: ReadFunction) -> Iterator[Answer]:
    if what in ("zip", "mail"):
        yield from _members(what, data)
        return
    try:
        if what in ("book", "any book"):
            yield Plain((BOOK, _plain_cells(data, older=what == "any book")))
            return
        if what == "codes":
            codes = codes_on(data)
            yield Plain((codes.texts, codes.damaged))
            return
        found: object = _seen(data) if what == "look" else read(data, file_name, context)
        yield found if isinstance(found, Outcome | Look | Member) else Plain(found)
    except UnreadableFileError as error:
        yield Plain((UNREADABLE, error.message))
    except Exception as error:  # noqa: BLE001 - our bug becomes one file's verdict and is shown in it
        yield Failed(_said(error))


def _said(error: Exception) -> str:
    """What went wrong: a file that needs more memory than one may have is no fault of the program."""
    return _TOO_MUCH if isinstance(error, MemoryError) else _BUG.format(f"{type(error).__name__}: {error}"[:200])


def _plain_cells(data: bytes, *, older: bool) -> tuple[Any, ...]:
    from toolkit.collect.plain_book import plain_book
    from toolkit.excel.legacy import OLDER, read_legacy
    from toolkit.excel.read import read_workbook
    from toolkit.excel.sniff import NO_TABLES, kind_of

    kind = kind_of(data)
    if kind in NO_TABLES:
        raise UnreadableFileError(f"这是{kind.value}，不是 Excel 工作簿")
    return plain_book(read_legacy(data, kind).book if older and kind in OLDER else read_workbook(data))


def _seen(data: bytes) -> Look:
    from toolkit.collect.page_count import look_at

    return look_at(data)


def _members(what: str, data: bytes) -> Iterator[Answer]:
    from toolkit.collect.mail import attachments
    from toolkit.collect.unzip import unpack

    opened, problem = attachments if what == "mail" else unpack, ""
    try:
        for name, content in opened(data):
            yield Member(name, content)
    except CannotUnpackError as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001 - an odd archive is that archive's trouble
        problem = _said(error)
    yield Ended(problem)
