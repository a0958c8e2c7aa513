"""依据 of indicators held against 政策库: regulations out of force, numbers that belong to another title."""

from collections.abc import Iterator

from toolkit.model import CellRef, Finding, Indicator, Scheme, Sentence, Severity
from toolkit.scheme.findings import say
from toolkit.text.laws import Cited, by_number, citations, number_key, same_name


def check_sources(scheme: Scheme) -> list[Finding]:
    """One warning for every citation that is wrong, at the first indicator that has it."""
    seen: dict[tuple[str, str], list[Indicator]] = {}
    cited = {}
    for indicator in scheme.indicators:
        for citation in citations(indicator.source):
            key = (citation.name, citation.number)
            cited[key] = citation
            seen.setdefault(key, []).append(indicator)
    return [finding for key, citation in cited.items() for finding in _wrong(citation, seen[key])]


def _wrong(cited: Cited, indicators: list[Indicator]) -> Iterator[Finding]:
    law = cited.law
    if law is None:
        return
    at, first = indicators[0].origin, indicators[0].code
    where = f"指标{first}" if len(indicators) == 1 else f"指标{first}等{len(indicators)}个"
    written = f"《{cited.name}》" if cited.name else cited.number
    if not law.in_force:
        words = Sentence.of("{where}的依据{written}已{state}", {"where": where, "written": written, "state": law.state})
        new = by_number().get(number_key(law.replaced_by))
        hint = f"改用{new.title}" if new else law.remark or "核对现行文件后更正"
        yield _warning(at, words, hint, first, law.number)
    elif cited.name and cited.number and not same_name(cited.name, law.name):
        words = Sentence.of(
            "{where}的依据中，{number}是《{name}》，不是{written}",
            {"where": where, "number": cited.number, "name": law.name, "written": written},
        )
        yield _warning(at, words, "核对文件名称和文号", first, cited.number)


def _warning(at: CellRef, words: Sentence, hint: str, about: str, found: str) -> Finding:
    return say("SCHEME-41", at, words, hint, severity=Severity.WARNING, about=about, found=found)
