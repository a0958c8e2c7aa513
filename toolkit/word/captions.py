"""Numbers of captions as SEQ fields, references to them as REF fields, their results written here.

Word asks before it updates fields and WPS does not update them at all, so every result is the right one and no field is
called dirty. A template writes ``表{{ 表号 }}　题名`` in the style of captions, and ``{{ 引用.得分汇总表 }}`` where it
refers to one; the bookmark of a caption is named after its words, so that a table added before it changes nothing.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from toolkit.ooxml.printable import MARK_CLOSE, MARK_MIDDLE, MARK_OPEN, escaped
from toolkit.word.package import XML_SPACE, Node, W, parse, plain_words, w
from toolkit.word.styles import CAPTION

LABELS = ("表", "图")
COUNTED = {"SEQ", "REF"}
"""Fields whose results are numbers that every program works out by itself."""
NOWHERE = "有关图表"
"""What a reference says whose caption a template left out."""
_STYLE_NAMES = {CAPTION, "caption", "题注"}
_NUMBERED = re.compile(f"({'|'.join(LABELS)})([0-9]+)")
_COUNTED_TEXT = re.compile(f"(?:{'|'.join(LABELS)})?[0-9]*")
_REFERENCE = re.compile(f"{MARK_OPEN}见([^{MARK_CLOSE}]*){MARK_CLOSE}")
REFERS = f"{MARK_OPEN}见"
_FIRST_ID = 60_000
_FIRST_TEXT = re.compile("<w:t(?: [^>]*)?>([^<]*)</w:t>")
_ONE_RUN = re.compile(
    "(<w:p(?: [^>]*)?>(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?)"
    "(<w:r(?: [^>]*)?>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?)"
    f"<w:t( [^>]*)?>({'|'.join(LABELS)})([0-9]+)([^<]*)</w:t></w:r></w:p>",
    re.DOTALL,
)
_OWN_START = re.compile(r"\\[rch]\b", re.IGNORECASE)


def is_counted(code: str, text: str) -> bool:
    """Whether a text in the result of a field is a number programs count anew, not what a person wrote into it."""
    word, *_ = code.upper().split() or [""]
    return word in COUNTED and _COUNTED_TEXT.fullmatch(text.strip()) is not None


class Reference:
    """A caption referred to by the beginning of its words; a template prints it like a name."""

    def __init__(self, title: str) -> None:
        self.title = title

    def __html__(self) -> str:
        return f"{MARK_OPEN}见{self.title}{MARK_CLOSE}"

    __str__ = __html__


def caption_styles(styles: bytes) -> frozenset[str]:
    """Ids of the paragraph styles that captions have: ours, and Word's own in English and Chinese."""
    if not styles:
        return frozenset()
    named = ((node.get(w("styleId"), ""), node.find(w("name"))) for node in parse(styles).iter(w("style")))
    return frozenset(key for key, name in named if name is not None and name.get(w("val"), "") in _STYLE_NAMES)


def number_captions(root: Node, styles: frozenset[str]) -> int:
    """Turn the printed numbers of captions into fields, and the references to captions; how many of these there were.

    Args:
        root: a rendered document part, changed in place, its figures in their bookmarks.
        styles: ids of the styles of captions.
    """
    known: list[Caption] = []
    for reference in root.iter(w("pStyle")):
        if reference.get(w("val")) in styles:
            _number(reference.getparent().getparent(), known)
    return refer(root, known)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption: its words, its label with its number, the bookmark around these."""

    title: str
    number: str
    bookmark: str


def refer(root: Node, known: list[Caption]) -> int:
    """Turn the references to captions into fields; how many there were."""
    return sum(_refer(node, known) for node in [node for node in root.iter(w("t")) if REFERS in (node.text or "")])


def numbered_text(paragraph: str, known: list[Caption]) -> str | None:
    """As :func:`number_captions`, for a paragraph of one run, as text; None for one that is more.

    Args:
        paragraph: in the style of captions, figures in their bookmarks.
        known: the captions before it, to which it is added.
    """
    first = _FIRST_TEXT.search(paragraph)
    if first is None or _NUMBERED.match(first[1]) is None:
        return paragraph
    match = _ONE_RUN.fullmatch(paragraph)
    if match is None:
        return None
    before, run, look, attributes, label, number, rest = match.groups(default="")
    caption = _known(label, number, plain_words(rest).strip(), known)
    if not attributes and rest != rest.strip():
        attributes = ' xml:space="preserve"'
    field_of = _bookmarked_field(look, label, number, caption, len(known))
    return f"{before}{field_of}{run}<w:t{attributes}>{rest}</w:t></w:r></w:p>"


def _known(label: str, number: str, words: str, known: list[Caption]) -> Caption:
    """The next caption, which is added to those known."""
    caption = Caption(words, label + number, _bookmark(label + words, {one.bookmark for one in known}))
    known.append(caption)
    return caption


def _bookmarked_field(look: str, label: str, number: str, caption: Caption, count: int) -> str:
    """Label and number as runs in a bookmark. Args: look: of the runs. count: of the captions so far."""
    identity = f'w:id="{_FIRST_ID + count}"'
    counted = _field_runs(look, rf" SEQ {label} \* ARABIC ", number)
    return (
        f'<w:bookmarkStart {identity} w:name="{caption.bookmark}"/><w:r>{look}<w:t>{label}</w:t></w:r>{counted}'
        f"<w:bookmarkEnd {identity}/>"
    )


def _field_runs(look: str, code: str, result: str) -> str:
    """Begin, instruction, separator, result and end, each a run of the same look."""
    begin, separate, end = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
    instruction = f'<w:instrText xml:space="preserve">{escaped(code)}</w:instrText>'
    inside = (begin, instruction, separate, f"<w:t>{escaped(result)}</w:t>", end)
    return "".join(f"<w:r>{look}{piece}</w:r>" for piece in inside)


def _number(paragraph: Node, known: list[Caption]) -> None:
    text: Node = next(paragraph.iter(w("t")), None)
    match = None if text is None else _NUMBERED.match(text.text or "")
    if match is None or text.getparent().getparent() is not paragraph:
        return
    run, words = text.getparent(), "".join(node.text or "" for node in paragraph.iter(w("t")))[match.end() :].strip()
    caption = _known(match[1], match[2], words, known)
    for node in _nodes(_bookmarked_field(_look(run), match[1], match[2], caption, len(known))):
        run.addprevious(node)
    _set_text(text, (text.text or "")[match.end() :])


def _look(run: Node) -> str:
    """The look of a run as XML."""
    look = run.find(w("rPr"))
    return "" if look is None else etree.tostring(look, encoding="unicode", with_tail=False)


def _nodes(xml: str) -> list[Node]:
    """Runs and bookmarks as nodes."""
    return list(parse(f'<w:p xmlns:w="{W}">{xml}</w:p>'.encode()))


def _bookmark(words: str, taken: set[str]) -> str:
    """A name that the same caption has in every generation; a second one of the same words is counted."""
    number = int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:4])
    while f"_Ref9{number:010d}" in taken:
        number += 1
    return f"_Ref9{number:010d}"


def _refer(text: Node, known: list[Caption]) -> int:
    """Split a run at the references its text holds; how many these are.

    A mark beside a text says that a figure stands there: no run is made for no text between the two.
    """
    run = text.getparent()
    before, *rest = _REFERENCE.split(text.text or "")
    behind = list(text.itersiblings())
    pieces: list[Node] = []
    for title, after in zip(rest[::2], rest[1::2], strict=True):
        caption = next((one for one in known if one.title.startswith(title)), None)
        if caption is None:
            pieces.append(_run(run, NOWHERE))
        else:
            pieces += _nodes(_field_runs(_look(run), rf" REF {caption.bookmark} \h ", caption.number))
        if after != MARK_MIDDLE:
            pieces.append(_run(run, after.strip(MARK_MIDDLE), kept=MARK_MIDDLE in after))
    pieces[-1].extend(behind)
    _set_text(text, before.strip(MARK_MIDDLE))
    for piece in reversed(pieces):
        run.addnext(piece)
    if before == MARK_MIDDLE:
        run.getparent().remove(run)
    return len(rest) // 2


def _run(like: Node, words: str, *, kept: bool = False) -> Node:
    run = like.makeelement(w("r"))
    look = like.find(w("rPr"))
    if look is not None:
        run.append(deepcopy(look))
    text = run.makeelement(w("t"))
    _set_text(text, words, kept=kept)
    run.append(text)
    return run


def _set_text(node: Node, words: str, *, kept: bool = False) -> None:
    """``kept``: blanks at the ends count even where there are none now."""
    node.text = words
    if kept or words != words.strip():
        node.set(XML_SPACE, "preserve")


@dataclass(slots=True)
class _Field:
    """A field as it stands: its code, and the texts of its result."""

    code: list[str] = field(default_factory=list)
    texts: list[Node] = field(default_factory=list)
    is_result: bool = False

    @property
    def words(self) -> list[str]:
        return "".join(self.code).split()

    @property
    def result(self) -> str:
        return "".join(node.text or "" for node in self.texts)

    def write(self, text: str) -> None:
        for number, node in enumerate(self.texts):
            node.text = "" if number else text


def renumber_captions(root: Node) -> None:
    """Count the captions of a document anew and have every reference say what its caption says now.

    After a merge or when tables were moved. References to what is there no longer keep their words, and so does every
    field whose result is more than a number: a person wrote into it, or put paragraphs between its beginning and end.
    """
    counters: dict[str, int] = {}
    references = []
    for found in _fields(root):
        words = found.words
        if len(words) > 1 and words[0].upper() == "SEQ" and words[1] in LABELS:
            if not _OWN_START.search("".join(found.code)):
                counters[words[1]] = counters.get(words[1], 0) + 1
                if found.result.isdigit():
                    found.write(str(counters[words[1]]))
        elif len(words) > 1 and words[0].upper() == "REF":
            references.append(found)
    said = _bookmarked(root, {found.words[1] for found in references})
    for found in references:
        if all(map(_NUMBERED.fullmatch, (said.get(found.words[1], ""), found.result))):
            found.write(said[found.words[1]])


def miscounted(root: Node) -> list[tuple[str, str]]:
    """What a caption or a reference to one in a body prints, and what it is by counting, where the two differ."""
    counted = deepcopy(root)
    renumber_captions(counted)
    pairs = zip(_fields(root), _fields(counted), strict=True)
    numbers = [(said.result, right.result) for said, right in pairs if said.words[:1] and said.words[0] in COUNTED]
    return [(said, right) for said, right in numbers if said != right]


def _fields(root: Node) -> Iterator[_Field]:
    open_now: list[_Field] = []
    for node in root.iter(w("fldChar"), w("instrText"), w("t")):
        if node.tag == w("fldChar"):
            kind = node.get(w("fldCharType"))
            if kind == "begin":
                open_now.append(_Field())
            elif open_now and kind == "separate":
                open_now[-1].is_result = True
            elif open_now and kind == "end":
                yield open_now.pop()
        elif open_now and node.tag == w("instrText"):
            open_now[-1].code.append(node.text or "")
        elif open_now and open_now[-1].is_result:
            open_now[-1].texts.append(node)


def _bookmarked(root: Node, names: set[str]) -> Mapping[str, str]:
    """What stands in some bookmarks."""
    said: dict[str, str] = {}
    open_now: dict[str, str] = {}
    for node in root.iter(w("bookmarkStart"), w("bookmarkEnd"), w("t")):
        if node.tag == w("t"):
            for name in open_now.values():
                said[name] += node.text or ""
        elif node.tag == w("bookmarkEnd"):
            open_now.pop(node.get(w("id")), None)
        elif node.get(w("name"), "") in names:
            open_now[node.get(w("id"))] = name = node.get(w("name"))
            said[name] = ""
    return said
