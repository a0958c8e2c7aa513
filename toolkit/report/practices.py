"""经验做法: only what an evaluator marked as such, a reason that begins with 经验做法."""

import re

from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Sentence, one_line, quote, quoted, say, stopped

_MARKING = re.compile("[，；,;](?:不扣分|未扣分|(?:可供同类项目参考，)?(?:评|核定)为“[^”]*”)。?$")
"""How a reason ends that speaks of the mark given, which is no part of the practice."""
_FIGURES = re.compile(r"\d+(?:\.\d+)?%?")
_NAMED = 3
MARK = "经验做法"
"""Word before a reason in 评审意见 by which an evaluator marks a practice others can learn from."""


def practices(facts: ReportFacts) -> list[Sentence]:
    """Practices in the order of the ranking, those that read alike but for their figures once; may be empty."""
    found: dict[str, tuple[Sentence, list[str]]] = {}
    for project in facts.ranked():
        for line in project.sheet.own_lines:
            words = one_line(line.reason)
            if not words.startswith(MARK):
                continue
            told = stopped(_MARKING.sub("", words.removeprefix(MARK).lstrip("：: ")))
            whose = "" if facts.only else f"{quoted([project.name])}："
            sentence = say(whose, quote(told, project.opinions.get(line.code, "")))
            found.setdefault(_FIGURES.sub("", told), (sentence, []))[1].append(project.name)
    return [say(sentence, _alike(names)) for sentence, names in found.values()]


def _alike(names: list[str]) -> str:
    """“乙”的做法相近: the projects after the first, whose practice differs in figures at most."""
    others = [name for name in dict.fromkeys(names) if name != names[0]]
    return f"{quoted(others, _NAMED)}的做法相近。" if others else ""
