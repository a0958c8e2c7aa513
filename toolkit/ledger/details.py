"""What the details of events are made of: frozen classes inside, canonical JSON in the database, one border between.

A class says its fields, each with the name it has in the JSON. Written, the same values always give the same bytes (the
hash of an event covers them); read, a field that is missing, unknown or of another type is an error that names it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from dataclasses import Field as DataclassField
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

_KEY, _ALWAYS, _BEFORE = "key", "always", "before"
_SHOWN = 30


class DamagedDetailsError(ValueError):
    """The text is not what an event of this kind says; the message is Chinese and names the field."""


@dataclass(frozen=True)
class Details:
    """What an event of one kind says beside time, project, unit and subject.

    ``kind`` is the kind as it is stored, given by :func:`details_of`.
    """

    kind: ClassVar[str] = ""

    def as_json(self) -> dict[str, object]:
        """The fields by the names they have in the JSON, in the order of the class; those left out are not there."""
        held = [(known, getattr(self, known.name)) for known in fields(self)]
        return {
            known.metadata[_KEY]: value for known, value in held if known.metadata[_ALWAYS] or value != known.default
        }

    def written(self) -> str:
        """The fields as canonical JSON."""
        return canonical_json(self.as_json())


Kind = TypeVar("Kind", bound=Details)
_REGISTERED: dict[str, type[Details]] = {}


def kept(key: str, *, before: object = MISSING) -> Any:  # noqa: ANN401 - stands for a value of the field's own type
    """A field that is always written.

    Args:
        key: its name in the JSON.
        before: its value where an earlier version did not write it yet; without this it has to be there.
    """
    return field(kw_only=True, metadata={_KEY: key, _ALWAYS: True, _BEFORE: before})


def if_any(key: str, *, default: object) -> Any:  # noqa: ANN401
    """A field that is left out where it has its default."""
    return field(default=default, kw_only=True, metadata={_KEY: key, _ALWAYS: False, _BEFORE: default})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(kept, if_any))
def details_of(kind: str) -> Callable[[type[Kind]], type[Kind]]:
    """Declares a class to be what events of a kind say; ``""`` is for what several kinds share."""

    def declare(declared: type[Kind]) -> type[Kind]:
        made: type[Kind] = dataclass(frozen=True)(declared)
        if kind:
            made.kind = kind
            _REGISTERED[kind] = made
        return made

    return declare


def declared_kinds() -> Mapping[str, type[Details]]:
    """Every kind of event with its class."""
    return dict(_REGISTERED)


def read_details(kind: str, text: str) -> Details:
    """What an event of a kind says.

    Raises:
        DamagedDetailsError: there is no such kind, or its events do not say this.
    """
    wanted = _REGISTERED.get(kind)
    if wanted is None:
        raise DamagedDetailsError(f"没有“{kind[:_SHOWN]}”这种事件")
    try:
        found = _border(kind).model_validate_json(text)
        return wanted(**{known.name: getattr(found, known.name) for known in fields(wanted)})
    except ValidationError as error:
        raise DamagedDetailsError("；".join(dict.fromkeys(_words(error)))) from error
    except (ValueError, RecursionError) as error:
        raise DamagedDetailsError(str(error)) from error


def canonical_json(detail: Mapping[str, object]) -> str:
    """The one JSON text for these details: keys sorted, no spaces, Chinese as it is.

    Raises:
        TypeError: when a value is neither JSON nor Decimal, date or datetime.
        ValueError: when a float is not finite.
    """
    return json.dumps(
        detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
    )


@cache
def _border(kind: str) -> type[BaseModel]:
    """The class of a kind as pydantic reads it: names of the JSON, nothing converted, nothing beyond."""
    wanted = _REGISTERED[kind]
    hints = get_type_hints(wanted)
    read: dict[str, Any] = {known.name: (hints[known.name], _as_read(known)) for known in fields(wanted)}
    strict = ConfigDict(strict=True, extra="forbid", frozen=True)
    made: type[BaseModel] = create_model(wanted.__name__, __config__=strict, **read)
    return made


def _as_read(known: DataclassField[Any]) -> Any:  # noqa: ANN401 - pydantic's own type for a field
    key, before = known.metadata[_KEY], known.metadata[_BEFORE]
    return Field(alias=key) if before is MISSING else Field(alias=key, default=before)


def _words(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        key = str(problem["loc"][0])[:_SHOWN] if problem["loc"] else ""
        if problem["type"] == "missing" and len(problem["loc"]) == 1:
            yield f"缺少“{key}”"
        elif problem["type"] == "extra_forbidden":
            yield f"多出不认识的“{key}”"
        elif key:
            yield f"“{key}”不是应有的样式：{str(problem['input'])[:_SHOWN]}"
        else:
            yield "不是 JSON 对象"


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    msg = f"event details cannot hold a {type(value).__name__}"
    raise TypeError(msg)
