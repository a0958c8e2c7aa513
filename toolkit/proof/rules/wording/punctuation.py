"""Marks: pairs that do not close, marks twice, paragraphs that end in the middle, words and items written twice."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from unicodedata import normalize

from toolkit.proof.declaration import Group, Result, differs, doubtful, rule
from toolkit.proof.document import Document, Paragraph, Place
from toolkit.proof.outline import body, prose_with
from toolkit.proof.report import Report
from toolkit.proof.rules.sources.laws import misprinted_numbers
from toolkit.text.patterns import Pattern

_CLOSING = {"）": "（", "》": "《", "”": "“", "】": "【", "〕": "〔", "」": "「", "〉": "〈", "’": "‘"}
_MARKS = str.maketrans({"(": "（", ")": "）"})
_ANY = Pattern(f"[(){''.join(chain.from_iterable(_CLOSING.items()))}]")
_LIST_MARK = Pattern(r"^\s*(?:[0-9]{1,2}|[a-zA-Z]|[①-⑳]|[一二三四五六七八九十]{1,3})[)）]")
_NAMES = {
    "（": "括号",
    "《": "书名号",
    "“": "引号",
    "【": "方括号",
    "〔": "六角括号",
    "「": "引号",
    "〈": "书名号",
    "‘": "引号",
}
_SPREAD = 4
"""How many paragraphs one quotation may go over."""
_DOUBLED = Pattern(r"，，|。。|；；|、、|：：|，。|。，|；。|。；|，；|；，|、，|，、|、。|。、|：。|。：|，：")
_PROSE = 12
_ITEM = Pattern(
    r"^\s*(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）.．、]|[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十]{1,2}[步阶批类条])"
)
_TWICE = Pattern(r"([\u4e00-\u9fff]{2,6})\1")
_SINGLE = Pattern(
    r"的的(?!确)|对对(?!子|联|象[^，。”]{0,6}[进实开分])|(?<![作成认行以])为为|(?<![平亲温谦])和和(?!气|美|睦|谐)|与与|及及(?!时)|于于|(?<![为罢得])了了"
)
"""Small words twice in a row, where they are not part of 的确, 对对子, 作为为……."""
_FINE_TWICE = Pattern(r"^[一逐几各]|^.?每|^(?:研究|学习|讨论|商量|意思|学习)$")
_LONGER_WORD = "器端商组局员站处者性"
_REPEATED = Pattern(
    r"(?<![\u4e00-\u9fff])?([\u4e00-\u9fff“”（）]{6,30})(?:、|和|及|以及|与)\1(?=[^\u4e00-\u9fff“]|[和及与等的]|以及|$)"
)


def _open_marks(text: str) -> list[tuple[int, str]]:
    """Where marks stand that have no partner."""
    if not _ANY.search(text):
        return []
    skip = _LIST_MARK.match(text)
    waiting: list[tuple[int, str]] = []
    alone: list[tuple[int, str]] = []
    for at, mark in enumerate(text.translate(_MARKS)):
        if skip and at == skip.end() - 1:
            continue
        if mark in _CLOSING.values():
            if mark != "‘":
                waiting.append((at, mark))
        elif mark in _CLOSING and mark != "’":
            partner = next(
                (index for index in range(len(waiting) - 1, -1, -1) if waiting[index][1] == _CLOSING[mark]), None
            )
            if partner is None:
                alone.append((at, mark))
            else:
                del waiting[partner]
    return sorted(alone + waiting)


def _closed_later(texts: list[tuple[Place, str]], index: int, mark: str) -> bool:
    """Whether a quotation that goes over several paragraphs ends, or began, near by."""
    partner = next((close for close, opening in _CLOSING.items() if opening == mark), _CLOSING.get(mark, ""))
    reach = range(index + 1, index + 1 + _SPREAD) if mark in _CLOSING.values() else range(index - _SPREAD, index)
    for near in reach:
        if 0 <= near < len(texts) and any(found == partner for _, found in _open_marks(texts[near][1])):
            return True
    return False


def _context(text: str, at: int) -> str:
    return text[max(0, at - 12) : at + 13].strip()


@rule(
    "punctuation.pair",
    group=Group.PUNCTUATION,
    title="括号、引号、书名号成对",
    good=(
        "依据《管理办法》（财预〔2020〕10号）“应当自评”的规定。",
        "1）第一项\n2）第二项",
        "良好（[80,90)）、合格（[60，80））四个等次。",
    ),
    bad=(
        "依据《安全规范（试行）》（公信通）〔2017〕191号）建设。",
        "本项目“赣政通南昌分厅已经验收。",
        "依据管理办法》开展评价。",
    ),
)
def unpaired_marks(report: Report) -> Iterator[Result]:
    """Marks that open must close in the same paragraph or cell; a quotation may go over a few paragraphs."""
    texts = list(report.document.texts())
    for index, (place, text) in enumerate(texts):
        for at, mark in _open_marks(_without_numbers(text)) if _ANY.search(text) else ():
            if _closed_later(texts, index, mark) or (mark in _CLOSING.values() and "…" in text[at:]):
                continue  # a label cut short says so
            name = _NAMES[_CLOSING.get(mark, mark)]
            half = "缺右半边" if mark in _CLOSING.values() else "缺左半边"
            yield differs(place, _context(text, at), "", f"{name}“{mark}”不成对，{half}：…{_context(text, at)}…")


_INTERVAL = Pattern(r"[\[(（【]\s*[0-9.]+[%％分]?\s*[,，、~～]\s*(?:[0-9.]+[%％分]?|\+?∞)\s*[\])）】]")
"""[80,90) is open on one side."""


def _without_numbers(text: str) -> str:
    """The text without intervals, and without the brackets of a document's number that are wrong: those are told as such."""
    text = _INTERVAL.sub(lambda match: "○" * len(match[0]), text)
    for match in misprinted_numbers(text):
        start, end = match.span("number")
        text = text[:start] + re.sub(r"[（(〔\[［【）)〕\]］】]", "○", match["number"]) + text[end:]
    return text


@rule(
    "punctuation.nested",
    group=Group.PUNCTUATION,
    title="引号之内不再用同样的引号",
    good=("绩效目标“合理、明确”，“基本实现”。",),
    bad=("具体为“未结合“赣政通”南昌分厅特性制定办法”。",),
)
def nested_quotes(report: Report) -> Iterator[Result]:
    """A double quotation mark inside double quotation marks."""
    for place, text in report.document.texts():
        if text.count("“") < 2:
            continue
        depth = 0
        for at, mark in enumerate(text):
            depth += (mark == "“") - (mark == "”")
            if mark == "“" and depth > 1:
                yield doubtful(
                    place, _context(text, at), "", f"引号之内又用双引号，里层应为单引号：…{_context(text, at)}…"
                )
                break


@rule(
    "punctuation.doubled",
    group=Group.PUNCTUATION,
    title="标点不重复",
    good=("评价结束。得分如下：", "其他……"),
    bad=("评价结束。。得分如下", "资金到位，，支付及时。"),
)
def doubled_marks(report: Report) -> Iterator[Result]:
    """Two marks in a row of which one is too many."""
    for place, text in report.document.texts_with(_DOUBLED, least=2):
        for match in _DOUBLED.finditer(text):
            yield differs(place, match[0], match[0][0], f"标点重复：…{_context(text, match.start())}…")


_LATIN = Pattern(r"[\u4e00-\u9fff)）”》][.,;][\u4e00-\u9fff（“《]")
_RADICAL = Pattern("[\u2e80-\u2fdf]")
_HABIT = 5
"""So many half-width marks are how a whole report was typed; it is told once."""


@rule(
    "punctuation.width",
    group=Group.PUNCTUATION,
    title="汉字之间用全角标点，没有部首字符",
    good=("法律、法规。1.概况，A.B方案，100.5万元", "人群核酸检测"),
    bad=("项目立项符合国家法律法规.国民经济发展规划。", "重点\u2f08群核酸检测"),
)
def half_width_marks(report: Report) -> Iterator[Result]:
    """A half-width mark between two characters; a radical that looks like a character and is found by no search."""
    found = [(place, match, text) for place, text in report.printed.texts(3) for match in _LATIN.finditer(text)]
    for place, match, text in found[: 1 if len(found) > _HABIT else None]:
        more = f"（全文{len(found)}处）" if len(found) > _HABIT else ""
        mark = match[0][1]
        yield doubtful(place, match[0], "", f"汉字之间用了半角“{mark}”{more}：…{_context(text, match.start())}…")
    for place, text in report.document.texts_with(_RADICAL):
        if radical := _RADICAL.search(text):
            right = normalize("NFKC", radical[0])
            message = f"“{radical[0]}”是部首字符，不是汉字“{right}”，检索不到：…{_context(text, radical.start())}…"
            yield doubtful(place, text[max(0, radical.start() - 2) : radical.end() + 2], right, message)


@rule(
    "punctuation.ending",
    group=Group.PUNCTUATION,
    title="段落以句末标点结束",
    good=(
        "该项目资金按照合同约定的时间和比例全部支付到位。\n1.该项目资金按照合同约定的时间和比例支付；\n2.其他项目资金按照合同约定的时间和比例支付。",
        "应计服务费＝100吨×92元/吨＝9,200元；\n绩效扣减＝9,200元×2%＝184元；\n应付＝9,200元－184元＝9,016元。",
    ),
    bad=(
        "该项目资金按照合同约定的时间和比例全部支付到位；\n其他事项没有需要说明的内容，评价工作到此结束。",
        "在指标分析的基础上，按照评价要求，\n（1）对项目进行绩效再评价；\n（2）对项目进行整体核查。",
    ),
)
def cut_off(report: Report) -> Iterator[Result]:
    """Text that ends with a comma; with a semicolon where no list goes on."""
    paragraphs = body(report.document)
    listed = _listed(paragraphs)
    for paragraph, following in zip(paragraphs, (*paragraphs[1:], None), strict=False):  # none in a sheet
        text = paragraph.text.rstrip()
        if paragraph.level or len(text) < _PROSE or paragraph.place in listed:
            continue
        item = _ITEM.match(text)
        leads = not item and following is not None and not following.level and _ITEM.match(following.text)
        inside = item and text[-1] in "；;" and "。" not in text
        opens = leads and text[-1] == "，" and report.document.kind != "pdf"  # lines of a page end anywhere
        if text[-1] == "、" or opens or (text[-1] in "，；;" and not leads and not inside):
            yield doubtful(paragraph.place, text[-16:], "", f"段落以“{text[-1]}”结束，可能没有写完：…{text[-16:]}")
    for table in report.document.tables:
        for cell in (cell for row in table.rows for cell in row):
            text = cell.text.rstrip()
            if len(text) > 8 and text[-1] in "，、":
                yield doubtful(cell.place, text[-16:], "", f"单元格以“{text[-1]}”结束，可能没有写完：…{text[-16:]}")


def _listed(paragraphs: Sequence[Paragraph]) -> frozenset[Place]:
    """Paragraphs that end with a semicolon one behind another, before one that ends with a stop: a list without marks."""
    run: list[Place] = []
    listed: set[Place] = set()
    for paragraph in paragraphs:
        end = paragraph.text.rstrip()[-1:]
        if end in ("；", ";"):
            run.append(paragraph.place)
            continue
        listed.update(run if end == "。" and len(run) > 1 else ())
        run = []
    return frozenset(listed)


@rule(
    "words.doubled",
    group=Group.PUNCTUATION,
    title="词语不重复",
    good=(
        "云服务服务器已经到位，逐步逐步推进。",
        "深化文化文艺精品工程。\n公共文化服务网络建成。农户每户每年缴费60元。",
        "的的确确，对对象分类，作为为民服务的平台。",
    ),
    bad=(
        "资金资金已经全部到位。",
        "投用以后的的使用，结论为为良。",
        "项目\t说明\t分\n甲\t到期以后的的使用情况没有说明，也没有佐证\t1",
    ),
)
def doubled_words(report: Report) -> Iterator[Result]:
    """The same word twice in a row."""
    for place, text in prose_with(report.document, _TWICE):
        for match in _TWICE.finditer(text):
            after = text[match.end() : match.end() + 1]
            if _FINE_TWICE.match(match[1]) or (after and after in _LONGER_WORD) or _is_across(report, match[1]):
                continue
            yield doubtful(place, match[0], match[1], f"“{match[1]}”写了两遍：…{_context(text, match.start())}…")
    for place, text in report.document.texts_with(_SINGLE, least=2):
        for match in _SINGLE.finditer(text):
            yield doubtful(place, match[0], match[0][0], f"“{match[0][0]}”写了两遍：…{_context(text, match.start())}…")


def _is_across(report: Report, word: str) -> bool:
    """深化文化文艺: 化文 stands twice because 文化 follows 深化; of the two it is 文化 that the report uses elsewhere."""
    if len(word) > 2:
        return False
    whole = "\n".join(text for _, text in report.document.texts()).replace(word * 2, "")
    return whole.count(word[1] + word[0]) > whole.count(word)


@rule(
    "words.repeated",
    group=Group.PUNCTUATION,
    title="列举不重复",
    good=("建立低收入人口监测机制、创新便民服务新场景。", "城市运行管理委员会、城市运行管理委员会办公室。"),
    bad=("建立监测机制、创新便民服务新场景和创新便民服务新场景。",),
)
def repeated_items(report: Report) -> Iterator[Result]:
    """The same item twice, side by side in a list."""
    for place, text in _prose(report.document):
        for match in _REPEATED.finditer(text):
            yield doubtful(place, match[0], match[1], f"列举重复：“{match[1]}”")


def _prose(document: Document) -> Iterator[tuple[Place, str]]:
    """Paragraphs and captions."""
    yield from ((paragraph.place, paragraph.text) for paragraph in body(document))


_SENTENCE = Pattern(r"(?P<one>[^。！？]{10,}[。！？])(?P=one)")


@rule(
    "words.sentence",
    group=Group.PUNCTUATION,
    title="一句话不写两遍",
    good=("本项目资金按合同支付到位。其他项目资金按合同支付到位。",),
    bad=("未支出的10.53万元为合同质保金。未支出的10.53万元为合同质保金。",),
)
def doubled_sentences(report: Report) -> Iterator[Result]:
    """A sentence that is followed by itself."""
    for place, text in report.document.texts_with(_SENTENCE, least=22):
        for match in _SENTENCE.finditer(text):
            yield differs(place, match["one"][:30], "", f"同一句话写了两遍：“{match['one'][:30]}…”")


@rule(
    "words.paragraph",
    group=Group.PUNCTUATION,
    title="段落不重复",
    good=(
        "本项目资金按照合同约定的时间和比例全部支付到位，没有发现问题。\n其他项目资金按照合同约定的时间全部支付到位，没有发现问题。",
    ),
    bad=(
        "本项目资金按照合同约定的时间和比例全部支付到位，没有发现问题。\n本项目资金按照合同约定的时间和比例全部支付到位，没有发现问题。",
    ),
)
def doubled_paragraphs(report: Report) -> Iterator[Result]:
    """A paragraph that stands twice, one after the other."""
    paragraphs = [paragraph for paragraph in body(report.document) if not paragraph.level]
    for before, paragraph in pairwise(paragraphs):
        if len(paragraph.text) >= _PROSE and before.text.strip() == paragraph.text.strip():
            yield differs(
                paragraph.place,
                paragraph.text[:30],
                "",
                f"与上一段完全相同：“{paragraph.text[:30]}…”",
                related=(before.place,),
            )
