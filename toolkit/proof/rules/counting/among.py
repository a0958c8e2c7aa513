"""So many among so many: the rate they come to, and those that do a thing beside those that do not."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, agrees, differs, doubtful, rule
from toolkit.proof.facts import FactKind, said
from toolkit.proof.report import Report
from toolkit.proof.rules.totals.mixed_counts import COUNTER
from toolkit.text.patterns import Pattern

_AMONG = Pattern(r"率(?:为|达到?|仅)?$")
_BEHIND = Pattern(r"^[，,（(](?:全市|全县|全区)?$")
_OF = Pattern(r"^[\u4e00-\u9fff]{0,8}中(?:有)?$")


@rule(
    "rate.among",
    group=Group.RATES,
    title="比率等于其后“几家中有几家”的两个数相除",
    good=("乡镇卫生院应用率85.71%，14家中有12家常态化使用。",),
    bad=("乡镇卫生院应用率87.51%，14家中有12家常态化使用。",),
)
def among(report: Report) -> Iterator[Result]:
    """A rate, then right behind it so many among so many."""
    for sentence in report.prose:
        if len(sentence.facts) < 3:
            continue
        facts = [fact for fact in sentence.facts if fact.value is not None]
        for rate, whole, part in zip(facts, facts[1:], facts[2:], strict=False):
            text, start = sentence.text, sentence.start
            if not (
                whole.kind is part.kind is FactKind.COUNT
                and rate.unit == "%"
                and whole.unit == part.unit
                and whole.unit
                and rate.exact
                and whole.exact
                and part.exact
                and whole.value
            ):
                continue
            shaped = (
                _AMONG.search(text[: rate.start - start])
                and _BEHIND.match(text[rate.end - start : whole.start - start])
                and _OF.match(text[whole.end - start : part.start - start])
            )
            if not shaped:
                continue
            due = part.base / whole.base
            if rate.meets(due, due) or rate.meets(1 - due, 1 - due):
                yield agrees(rate, whole, part)
            else:
                right = f"{due * 100:.2f}%"
                message = f"写{rate.text}，{said(part)}÷{said(whole)}={right}"
                yield doubtful(rate.place, rate.text, right, message, facts=(rate, whole, part))


_SOME = Pattern(
    rf"(?P<whole>[0-9]+)(?P<unit>{COUNTER})(?P<noun>[\u4e00-\u9fff]{{0,8}}?)中(?:有|仅有|只有)?(?P<part>[0-9]+)(?P=unit)(?P<not>没有|未能?|尚未|不能?)?(?P<verb>[\u4e00-\u9fff]{{4,6}})"
)


@rule(
    "count.complement",
    group=Group.COUNTS,
    title="做到的与没有做到的合在一起等于总数",
    good=("14家中有12家常态化使用。\n14家乡镇卫生院中2家没有常态化使用平台。",),
    bad=("14家中有12家常态化使用。\n14家乡镇卫生院中3家没有常态化使用平台。",),
)
def complements(report: Report) -> Iterator[Result]:
    """Of one total, how many do a thing and how many do not, told in two places in the same words."""
    told = [(sentence, match) for sentence in report.prose_with(_SOME) for match in _SOME.finditer(sentence.text)]
    for sentence, match in told:
        if not match["not"]:
            continue
        for other, done in told:
            same = (
                done["whole"] == match["whole"]
                and done["unit"] == match["unit"]
                and done["verb"][:4] == match["verb"][:4]
            )
            if done["not"] or not same:
                continue
            right = int(match["whole"]) - int(done["part"])
            at = sentence.start + match.start("part")
            facts = report.facts_within(sentence.place, at, at + 1)
            if int(match["part"]) == right:
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                message = f"{match['whole']}{match['unit']}中写{match['part']}{match['unit']}{match['not']}{match['verb'][:4]}，别处写{done['part']}{done['unit']}{done['verb'][:4]}"
                yield doubtful(sentence.place, match["part"], str(right), message, facts=facts, related=(other.place,))


_MANY = "[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_PART_OF = Pattern(
    rf"(?<![0-9.,])(?P<whole>{_MANY})(?P<unit>{COUNTER})[\u4e00-\u9fff]{{0,10}}中，?(?:有|仅有|只有)?(?P<part>{_MANY})(?P=unit)"
    rf"|(?:抽查|访谈|调查|走访|抽取|回访|询问)[^，。；0-9]{{0,10}}(?P<asked>{_MANY})(?P<by>{COUNTER})，(?:其中)?(?:有)?(?P<said>{_MANY})(?P=by)[\u4e00-\u9fff]"
)


@rule(
    "count.part_of",
    group=Group.COUNTS,
    title="“几项中有几项”的部分不大于总数",
    good=(
        "抽查的2,000份档案中有236份信息不完整。抽查的13项证明材料中有11项能够直接证明。访谈使用人员14名，12名认为办事时间有改善。",
    ),
    bad=("抽查的7项证明材料中有11项能够直接证明。", "访谈使用人员7名，12名认为办事时间有改善。"),
)
def within(report: Report) -> Iterator[Result]:
    """Some of those that were looked at are not more than all of them."""
    for sentence in report.prose_with(_PART_OF):
        for match in _PART_OF.finditer(sentence.text):
            whole, part = ((match[a] or match[b]) for a, b in (("whole", "asked"), ("part", "said")))
            unit, start = match["unit"] or match["by"], sentence.start
            facts = report.facts_within(sentence.place, start + match.start(), start + match.end())
            if int(part.replace(",", "")) <= int(whole.replace(",", "")):
                yield from (agrees(*facts) for _ in facts[:1])
            else:
                message = f"部分（{part}{unit}）大于总数（{whole}{unit}）"
                yield differs(sentence.place, f"{part}{unit}", f"不大于{whole}{unit}", message, facts=facts)
