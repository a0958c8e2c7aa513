"""What a worker may send back: our own values as plain text, each of a kind that is listed here.

A worker opens files from outside. Should one of them make it run code of its own, its answers still are text that names
nothing: they become one of these values or none at all.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from toolkit.collect.context import Outcome
from toolkit.collect.page_count import Look
from toolkit.model.plain import DamagedValueError, from_plain_text, plain_text
from toolkit.model.plain_data import data_text, from_data_text


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The worker's program has a fault, told in Chinese."""

    reason: str


@dataclass(frozen=True, slots=True)
class Ended:
    """No more files of an archive or mail are to come; ``problem`` says why there are not all of them, "" for none."""

    problem: str


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive or mail."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Plain:
    """What a function found that gives plain data: tuples, texts, numbers."""

    data: Any


Answer: TypeAlias = Ready | Failed | Ended | Member | Plain | Outcome | Look
_KINDS: tuple[type[Answer], ...] = (Ready, Failed, Ended, Outcome, Look)
_MEMBER, _PLAIN = b"member\n", b"plain\n"


@dataclass(frozen=True, slots=True)
class ReadText:
    """An outcome with the text it came as, "" where it was made here: whoever keeps it need not write it again."""

    outcome: Outcome
    text: bytes = b""


def packed_answer(answer: Answer) -> bytes:
    """An answer as bytes: a line that says its kind, then its text; a file's name, then its bytes as they are."""
    if isinstance(answer, Member):
        return _MEMBER + plain_text(answer.name, str) + b"\n" + answer.data
    if isinstance(answer, Plain):
        return _PLAIN + data_text(answer.data)
    kind = type(answer)
    return b"%d\n" % _KINDS.index(kind) + plain_text(answer, kind)


def text_of(frame: bytes) -> bytes:
    """The text of an answer that is a value of ours."""
    return frame.partition(b"\n")[2]


def plain_answer(data: bytes) -> Answer:
    """The value in a worker's answer.

    Raises:
        DamagedValueError: it is damaged, or no answer.
    """
    if data.startswith(_MEMBER):
        name, _, content = data[len(_MEMBER) :].partition(b"\n")
        return Member(from_plain_text(name, str), content)
    if data.startswith(_PLAIN):
        return Plain(from_data_text(data[len(_PLAIN) :]))
    number, _, text = data.partition(b"\n")
    kinds = {b"%d" % place: kind for place, kind in enumerate(_KINDS)}
    if number not in kinds:
        raise DamagedValueError("no answer")
    answer: Answer = from_plain_text(text, kinds[number])
    return answer
