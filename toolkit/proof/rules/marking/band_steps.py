"""90分及以上为好，80（含）至90分为较好，70（含）至80分为一般，70分以下为较差: bands of any names follow each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toolkit.proof.declaration import Group, Result, agrees, differs, rule
from toolkit.proof.grade_cells import GRADES
from toolkit.proof.report import Report, Sentence
from toolkit.text.patterns import Pattern

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]+)?"
_UNIT = "(?:分|%)?"
_HELD = "(?:[（(]不?含[)）]|[（(]不?含[0-9]{1,3}(?:分|%)?[)）])?"
_BAND = Pattern(
    rf"(?P<low>{_NUMBER}){_UNIT}{_HELD}{_UNIT}(?:[-－–—~～至到]+(?P<high>{_NUMBER})(?:分|%){_HELD}|(?:及)?以上(?:[、，]?(?:不足|低于|小于)?(?P<under>{_NUMBER})(?:分|%){_HELD}(?:以下)?)?)(?:的)?(?P<named>(?:评定|认定|确定)?[为是]“?[\u4e00-\u9fff]{{1,4}}”?)"
    rf"|(?P<below>{_NUMBER})(?:分|%){_HELD}(?:及)?以下(?:的)?(?P<last>(?:评定|认定|确定)?[为是]“?[\u4e00-\u9fff]{{1,4}}”?)"
)
_LEAST = 3
_NEAR = Decimal(1)
"""80分至89.99分 and 80至89分 end where 90分 begins."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A band: from where, up to where (None: no end), and as it is printed."""

    low: Decimal
    high: Decimal | None
    words: str


@rule(
    "grade.steps",
    group=Group.GRADES,
    title="自定名称的各档次首尾相接",
    good=(
        "质量等级标准为：90分及以上为好，80分（含）至90分为较好，70分（含）至80分为一般，70分以下为较差。",
        "95%以上的为完成，80%至94.99%的为基本完成，80%以下的为未完成。",
        "90分以上为好，80至89分为较好，60至79分为一般，60分以下为差。",
    ),
    bad=(
        "质量等级标准为：90分及以上为好，80分（含）至90分为较好，75分（含）至80分为一般，70分以下为较差。",
        "90分以上为满意，75分至80分为较满意，60分至75分为一般，60分以下为不满意。",
    ),
)
def steps(report: Report) -> Iterator[Result]:
    """Three and more bands of one sentence, from the highest down, the last without a lower end."""
    for sentence in report.prose_with(_BAND):
        found = _steps(sentence)
        if len(found) < _LEAST or found[-1].low or not _falls(found):
            continue
        for above, below in pairwise(found):
            if below.high is not None and not above.low - _NEAR <= below.high <= above.low:
                message = f"档次不相接：“{above.words}”从{above.low}起，“{below.words}”到{below.high}止"
                yield differs(sentence.place, f"{above.low}", f"{below.high}", message, confidence=85)
                break
        else:
            yield from (agrees(fact) for fact in sentence.facts if fact.value in {step.low for step in found})


def _steps(sentence: Sentence) -> list[_Step]:
    """The bands of a sentence; none where they have the usual names, which another rule looks at."""
    found = []
    for match in _BAND.finditer(sentence.text):
        high = match["high"] or match["under"] or match["below"]
        found.append(_Step(Decimal(match["low"] or 0), Decimal(high) if high else None, match[0]))
        if (match["named"] or match["last"]).strip("评认确定为是“”") in GRADES:
            return []
    return found


def _falls(found: Sequence[_Step]) -> bool:
    return all(above.low > below.low for above, below in pairwise(found))
