"""What a process that we start is told: context, read function and files, as bytes."""

from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from types import MappingProxyType
from typing import Any, TypeAlias

ReadFunction: TypeAlias = Callable[[bytes, str, Any], Any]
"""Bytes, file name and what is to be known about the evaluation → an outcome, or another plain value."""


def packed_request(value: object) -> bytes:
    """What a process we start is told, as bytes; never read from anybody else."""
    return bytes(ForkingPickler.dumps(value))


def read_only(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A mapping as the frozen values hold it."""
    return MappingProxyType(mapping)


def _reduce_mapping(mapping: MappingProxyType[Any, Any]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    # By a function: the type itself goes by a name that cannot be imported.
    return read_only, (dict(mapping),)


# Read-only mappings cannot be pickled by themselves; they are all over the frozen values of what a worker is told.
ForkingPickler.register(MappingProxyType, _reduce_mapping)
