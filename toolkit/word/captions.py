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

from toolkit.ooxml.printable import MARK_CLOSE, MARK_MIDDLE, MARK_OPEN
from toolkit.word.package import DOCUMENT, XML_SPACE, Node, parse, read_parts, w
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
    known: list[_Caption] = []
    for reference in root.iter(w("pStyle")):
        if reference.get(w("val")) in styles:
            _number(reference.getparent().getparent(), known)
    return sum(_refer(node, known) for node in [node for node in root.iter(w("t")) if REFERS in (node.text or "")])


@dataclass(frozen=True, slots=True)
class _Caption:
    title: str
    number: str
    bookmark: str


def _number(paragraph: Node, known: list[_Caption]) -> None:
    text: Node = next(paragraph.iter(w("t")), None)
    match = None if text is None else _NUMBERED.match(text.text or "")
    if match is None or text.getparent().getparent() is not paragraph:
        return
    run, words = text.getparent(), "".join(node.text or "" for node in paragraph.iter(w("t")))[match.end() :].strip()
    caption = _Caption(words, match[0], _bookmark(match[1] + words, {one.bookmark for one in known}))
    known.append(caption)
    start, end = run.makeelement(w("bookmarkStart")), run.makeelement(w("bookmarkEnd"))
    for node in (start, end):
        node.set(w("id"), str(_FIRST_ID + len(known)))
    start.set(w("name"), caption.bookmark)
    label = _run(run, match[1])
    for node in (start, label, *_field(run, rf" SEQ {match[1]} \* ARABIC ", match[2]), end):
        run.addprevious(node)
    _set_text(text, (text.text or "")[match.end() :])


def _bookmark(words: str, taken: set[str]) -> str:
    """A name that the same caption has in every generation; a second one of the same words is counted."""
    number = int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:4])
    while f"_Ref9{number:010d}" in taken:
        number += 1
    return f"_Ref9{number:010d}"


def _refer(text: Node, known: list[_Caption]) -> int:
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
            pieces += _field(run, rf" REF {caption.bookmark} \h ", caption.number)
        if after != MARK_MIDDLE:
            pieces.append(_run(run, after.strip(MARK_MIDDLE), kept=MARK_MIDDLE in after))
    pieces[-1].extend(behind)
    _set_text(text, before.strip(MARK_MIDDLE))
    for piece in reversed(pieces):
        run.addnext(piece)
    if before == MARK_MIDDLE:
        run.getparent().remove(run)
    return len(rest) // 2


def _field(like: Node, code: str, result: str) -> list[Node]:
    """Begin, instruction, separator, result and end, each a run that looks like another."""
    instruction = _run(like, "")
    instruction.remove(instruction[-1])
    node = instruction.makeelement(w("instrText"))
    node.text = code
    node.set(XML_SPACE, "preserve")
    instruction.append(node)
    return [_mark(like, "begin"), instruction, _mark(like, "separate"), _run(like, result), _mark(like, "end")]


def _mark(like: Node, kind: str) -> Node:
    run = _run(like, "")
    run.remove(run[-1])
    run.append(run.makeelement(w("fldChar"), {w("fldCharType"): kind}))
    return run


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


def miscounted(docx: bytes) -> list[tuple[str, str]]:
    """What a caption or a reference to one prints, and what it is by counting, where the two differ."""
    root = parse(read_parts(docx)[DOCUMENT])
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
