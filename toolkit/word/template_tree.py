"""A template as one tree, in which every branch of a tag is an element: what is known before anything is rendered.

A parser finds such a tree well-formed only where every branch is a balanced piece of XML. Then whatever branches a
document takes, and however often, it is well-formed: it need not be parsed to know that. The tree also says where a
value is printed (in a text, in an attribute), and is XML as it is written again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import nodes
from lxml import etree

from toolkit.errors import UnreadableFileError
from toolkit.word.package import Node, parse, w
from toolkit.word.signs import ANY_SIGN, VALUE, VALUE_END

BRANCH = "jxbranch"
_OPEN, _CLOSE = f"<{BRANCH}>", f"</{BRANCH}>"
_PIECE = re.compile(f"</?{BRANCH}>|{VALUE}[0-9]+{VALUE_END}")
_VALUE = re.compile(f"{VALUE}([0-9]+){VALUE_END}")
_TEXT = w("t")


class NotProvenError(Exception):
    """A template of which it is not known that whatever it renders is well-formed."""


_Event = nodes.Expr | str


@dataclass(slots=True)
class TemplateTree:
    """The tree of a part, which may be changed until :meth:`write_back`.

    Attributes:
        root: the part; branches are elements ``jxbranch``, printed values a number between two signs.
    """

    template: nodes.Template
    root: Node
    values: list[nodes.Expr] = field(default_factory=list)

    def may_hold_tags(self) -> bool:
        """Whether a tag that is to be printed (``{_{``) may come from a text behind a value."""
        texts = (event.data for event in _events(self.template.body) if isinstance(event, nodes.TemplateData))
        return any(text[:1] == "_" for text in texts)

    def in_texts(self) -> frozenset[int]:
        """Ids of the printed values that stand in texts of runs, and nowhere else."""
        texts = ("".join(node.itertext()) for node in self.root.iter(_TEXT))
        return frozenset(id(self.values[int(number)]) for text in texts for number in _VALUE.findall(text))

    def write_back(self) -> str:
        """Make the tree what the template prints; gives the whole of its XML."""
        xml = etree.tostring(self.root, encoding="unicode").replace(f"<{BRANCH}/>", f"{_OPEN}{_CLOSE}")
        chunks = iter(_PIECE.split(xml))
        chunk = next(chunks)
        for event in _events(self.template.body):
            if isinstance(event, nodes.TemplateData):
                event.data, chunk = chunk, ""
            elif chunk:
                raise NotProvenError
            else:
                chunk = next(chunks)
        if chunk:
            raise NotProvenError
        return xml


def template_tree(template: nodes.Template, before: str, after: str) -> TemplateTree:
    """The tree of a part.

    Args:
        template: its piece with tags, a paragraph a line.
        before: its XML before that piece.
        after: its XML behind it.

    Raises:
        NotProvenError: a branch is no balanced piece of XML, or there are tags this does not know.
    """
    written, values = [before], list[nodes.Expr]()
    for event in _events(template.body):
        if isinstance(event, nodes.TemplateData):
            written.append(_proper(event.data))
        elif isinstance(event, str):
            written.append(event)
        else:
            written.append(f"{VALUE}{len(values)}{VALUE_END}")
            values.append(event)
    if ANY_SIGN.search(before + after) or BRANCH in before + after:
        raise NotProvenError
    try:
        return TemplateTree(template, parse("".join((*written, after)).encode()), values)
    except (UnreadableFileError, UnicodeEncodeError) as error:
        raise NotProvenError from error


def _proper(data: str) -> str:
    """Text of a template without the line ends that only count paragraphs."""
    data = data.replace("\n<w:p", "<w:p")
    if ANY_SIGN.search(data) or any(sign in data for sign in ("\n", "\t", "{_", "_}", "_%", "%_", BRANCH)):
        raise NotProvenError
    return data


def _events(body: Sequence[nodes.Node]) -> Iterator[_Event]:
    """What stands in a template in order: its texts, its printed values, where branches begin and end."""
    for node in body:
        if isinstance(node, nodes.Output):
            yield from node.nodes
        elif isinstance(node, nodes.For) and not node.recursive:
            yield from _branches(node.body, node.else_)
        elif isinstance(node, nodes.If):
            yield from _branches(node.body, *(other.body for other in node.elif_), node.else_)
        elif not isinstance(node, nodes.Assign):
            raise NotProvenError


def _branches(*bodies: Sequence[nodes.Node]) -> Iterator[_Event]:
    for body in bodies:
        yield _OPEN
        yield from _events(body)
        yield _CLOSE


def is_branch(node: Node) -> bool:
    """Whether an element is a branch of a tag."""
    return isinstance(node.tag, str) and node.tag.endswith(BRANCH)


def inside(node: Node) -> Iterator[Node]:
    """The children of an element, those in branches among them."""
    for child in node:
        if is_branch(child):
            yield from inside(child)
        else:
            yield child
