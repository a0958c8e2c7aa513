"""The code of a template's parts: made of their tags, or found where it is kept of the program's own templates.

Making it is nine tenths of compiling a template. A template that came with the program is the same in every evaluation:
its code is kept for this user (:mod:`toolkit.cache.own_code`), under its bytes and the state of the program. Of a
template that somebody changed nothing is kept outside the workspace.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from functools import cache
from types import CodeType

from toolkit.cache import entry_key, find_code, keep_code, program_state
from toolkit.resources import shipped_templates
from toolkit.word.captions import caption_styles
from toolkit.word.engine import TemplateEnvironment, code_of, explain, parse_template
from toolkit.word.package import STYLES, text_parts
from toolkit.word.shaping import Frame, shape
from toolkit.word.template_text import template_source
from toolkit.word.template_tree import NotProvenError, template_tree

CORE = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class PartCode:
    """What is made of a part that holds tags.

    Attributes:
        code: prints the part. names: those it asks for.
        frame: what finishing it as text has to know; None for one that has to be parsed.
        before, after: XML around what is rendered.
        captions: ids of the styles of captions that occur.
    """

    name: str
    code: CodeType
    names: frozenset[str]
    frame: Frame | None
    before: str
    after: str
    captions: frozenset[str]


def codes_of(
    data: bytes, parts: Mapping[str, bytes], environment: TemplateEnvironment, where: str
) -> tuple[PartCode, ...]:
    """The code of every part that holds tags.

    Args:
        data: the template.
        parts: the same, opened.
        environment: what they are compiled in.
        where: the template file's name, for messages.

    Raises:
        TemplateError: a tag that cannot be read.
    """
    if hashlib.sha256(data).digest() not in _shipped():
        return _made(parts, environment, where)
    key = entry_key("word template", program_state(), data)
    kept = find_code(key)
    if isinstance(kept, tuple):
        return tuple(_taken(*part) for part in kept)
    made = _made(parts, environment, where)
    keep_code(key, tuple(map(_plain, made)))
    return made


@cache
def _shipped() -> frozenset[bytes]:
    """Digests of the templates that came with the program."""
    return frozenset(hashlib.sha256(path.read_bytes()).digest() for path in shipped_templates())


def _plain(part: PartCode) -> tuple[object, ...]:
    frame = part.frame and astuple(part.frame)
    return part.name, part.code, part.names, frame, part.before, part.after, part.captions


def _taken(
    name: str,
    code: CodeType,
    names: frozenset[str],
    frame: tuple[object, ...] | None,
    *around: object,
) -> PartCode:
    return PartCode(name, code, names, frame and Frame(*frame), *around)  # type: ignore[arg-type]  # as _plain wrote it


def _made(parts: Mapping[str, bytes], environment: TemplateEnvironment, where: str) -> tuple[PartCode, ...]:
    captions = caption_styles(parts.get(STYLES, b""))
    tagged = (part for part in (*text_parts(parts), CORE) if b"{" in parts.get(part, b""))
    return tuple(_compile(environment, part, parts[part], where, captions) for part in tagged)


def _compile(environment: TemplateEnvironment, name: str, xml: bytes, where: str, captions: frozenset[str]) -> PartCode:
    before, source, after = template_source(name, xml)
    used = frozenset(style for style in captions if f'w:val="{style}"' in source)
    try:
        tree = parse_template(environment, source)
        try:
            held = template_tree(tree, before, after)
            frame, in_texts = shape(held, name, used), held.in_texts()
            before = after = ""  # they are printed with the rest
        except NotProvenError:
            tree, frame, in_texts = parse_template(environment, source), None, frozenset[int]()
        code, names = code_of(environment, tree, in_texts)
        return PartCode(name, code, names, frame, before, after, used)
    except Exception as error:
        raise explain(error, source, where) from error
