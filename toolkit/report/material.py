"""报告素材 as sentences: names in braces become figures of the master, everything else stays words."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from toolkit.model import Figure, Finding, ProjectFigures, Severity
from toolkit.model import Sentence as Told
from toolkit.model.material import CHAPTERS, Passage
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Sentence, quoted, say

_NAME = re.compile(r"[{｛]([^{}｛｝]*)[}｝]")
_BRACE = re.compile(r"[{}｛｝]")
_OF_PROJECT = re.compile(r"(.+?)号(.+)")
_SUGGESTED = 3
Known = Mapping[str, Figure | str]


@dataclass(frozen=True)
class Named:
    """Every name that may stand in braces.

    Attributes:
        facts: what the reports are made from.
    """

    facts: ReportFacts

    @cached_property
    def overall(self) -> dict[str, tuple[Figure | str, str]]:
        """Name → figure and meaning, of the evaluation as a whole."""
        facts, figures = self.facts, self.facts.figures
        found: dict[str, tuple[Figure | str, str]] = {
            name: (figure, f"全部项目：{name}") for name, figure in figures.overall.items()
        }
        for grade, figure in figures.grades.items():
            found[f"{grade}级项目数"] = figure, f"绩效等级为“{grade}”的项目数"
        mean = "得分" if facts.only else "平均得分"
        for rate in (*figures.dimensions, *figures.indicators):
            code, name = (rate.code, f"指标{rate.code}“{rate.name}”") if rate.code else (rate.name, f"“{rate.name}”")
            found[f"{code}{mean}"] = rate.average, f"{name}的{mean}"
            found[f"{code}得分率"] = rate.rate, f"{name}的得分率"
        for row in figures.problem_rows:
            code, words = row.tally.row.code, row.text.partition("：")[0]
            found[f"问题{code}项目数"] = row.projects, f"《问题与建议》{code}涉及的项目数：{words}"
            if row.amount.value is not None and row.tally.row.amount_unit != "%":
                found[f"问题{code}合计"] = row.amount, f"《问题与建议》{code}的数额合计：{words}"
        return found

    @cached_property
    def projects(self) -> dict[str, ProjectFigures]:
        """Project id → its figures, projects without a score among them."""
        figures = self.facts.figures
        return {one.project.id: one for one in (*figures.projects, *figures.unscored) if one.project}

    def of_project(self, project: str) -> dict[str, tuple[Figure | str, str]]:
        """Name → figure or words and meaning, of one project."""
        listed, own, figures = self.facts.roster.project(project), self.projects.get(project), self.facts.figures
        if listed is None:
            return {}
        found: dict[str, tuple[Figure | str, str]] = {
            "项目名称": (listed.name, "项目名称"),
            "责任单位": (listed.unit, "责任单位"),
        }
        if own is not None:
            found |= _scores(own)
        for key, value in figures.collected.get(project, {}).items():
            field = self.facts.scheme.field(key)
            found.setdefault(key, (value, f"填报并核定的“{field.label if field else key}”"))
        return found

    def value(self, name: str, project: str) -> Figure | str | None:
        """What a name stands for in a passage; None for no name."""
        if project and name in (own := self._own(project)):
            return own[name][0]
        if name in self.overall:
            return self.overall[name][0]
        match = _OF_PROJECT.fullmatch(name)
        found = self._own(match[1]).get(match[2]) if match else None
        return found[0] if found else None

    def near(self, name: str, project: str) -> list[str]:
        """Names that may have been meant."""
        known = [*(self._own(project) if project else ()), *self.overall]
        return difflib.get_close_matches(name, known, _SUGGESTED, 0.5)

    def _own(self, project: str) -> dict[str, tuple[Figure | str, str]]:
        if project not in self._cache:
            self._cache[project] = self.of_project(project)
        return self._cache[project]

    @cached_property
    def _cache(self) -> dict[str, dict[str, tuple[Figure | str, str]]]:
        return {}

    def listed(self) -> Iterator[tuple[str, str, str]]:
        """Name, meaning and what it prints now: of the evaluation, then of its first project."""
        first = next((project.id for project in self.facts.roster.projects), "")
        for name, (value, meaning) in (*self.overall.items(), *self._own(first).items()):
            yield name, meaning, str(value)


def _scores(own: ProjectFigures) -> dict[str, tuple[Figure | str, str]]:
    """A project's total, grade, rank, money and the score of each indicator."""
    names = {line.code: line.name for line in own.sheet.lines}
    of_lines: dict[str, tuple[Figure | str, str]] = {
        f"{code}得分": (figure, f"这个项目指标{code}“{names.get(code, '')}”的得分")
        for code, figure in own.indicators.items()
    }
    return {
        "总分": (own.total, "这个项目的总分"),
        "等级": (own.sheet.shown_grade, "这个项目的绩效等级"),
        "排名": (own.rank, "这个项目的名次"),
        "合同金额": (own.funds.contract, "这个项目的合同金额"),
        **of_lines,
    }


def chapters(facts: ReportFacts) -> dict[str, list[Sentence]]:
    """Chapter → its paragraphs, for all chapters; 项目概况 of all projects too."""
    named = Named(facts)
    found: dict[str, list[Sentence]] = {chapter.name: [] for chapter in CHAPTERS}
    for passage in facts.material:
        if not passage.project:
            found[passage.chapter].append(_sentence(passage, named))
    found["项目概况"] = list(_of_projects(facts, named, "项目概况"))
    alone = () if facts.has_many_projects else ("结论", "其他说明")  # one project has no report of its own
    for chapter in ("经验", *alone):
        found[chapter] += _of_projects(facts, named, chapter)
    return found


def of_project(facts: ReportFacts, project: str, chapter: str) -> list[Sentence]:
    """The paragraphs about one project."""
    own = [passage for passage in facts.passages.get(project, ()) if passage.chapter == chapter]
    named = Named(facts) if own else None
    return [_sentence(passage, named) for passage in own if named]


def faults(facts: ReportFacts) -> tuple[Finding, ...]:
    """Names that are none, braces without a partner, figures without a value: each at its cell."""
    named = Named(facts)
    return tuple(fault for passage in facts.material for fault in _faults(passage, named))


def _of_projects(facts: ReportFacts, named: Named, chapter: str) -> Iterator[Sentence]:
    """Paragraphs of a chapter over all projects in roster order; the first of each begins with the project's name."""
    for project in facts.roster.projects:
        own = [one for one in facts.passages.get(project.id, ()) if one.chapter == chapter]
        for number, passage in enumerate(own):
            name = "" if number or not facts.has_many_projects else f"{quoted([project.name])}："
            yield say(name, _sentence(passage, named))


def _sentence(passage: Passage, named: Named) -> Sentence:
    """A passage; a name that is none stays as it was typed, so that everybody sees it."""
    pieces: list[str | Figure] = []
    end = 0
    for match in _NAME.finditer(passage.text):
        value = named.value(match[1].strip(), passage.project)
        pieces += (passage.text[end : match.start()], match[0] if value is None else value)
        end = match.end()
    return say(*pieces, passage.text[end:])


def _faults(passage: Passage, named: Named) -> Iterator[Finding]:
    for match in _NAME.finditer(passage.text):
        name = match[1].strip()
        value = named.value(name, passage.project)
        if value is None:
            near = "、".join(f"{{{one}}}" for one in named.near(name, passage.project))
            hint = f"是否想写：{near}" if near else "名称见本工作簿《可用数字》；要印花括号本身的，改用括号（）"
            words = Told.saying("没有名为“{name}”的数字，报告中照原样印出 {match}", name=name, match=match[0])
            yield Finding(
                "MATERIAL-04", Severity.ERROR, passage.at, words, hint, project=passage.project, found=match[0]
            )
        elif isinstance(value, Figure) and value.value is None and value.text in ("", "—"):
            words = Told.saying("“{name}”现在没有数，报告中印“{text}”", name=name, text=value.text or "—")
            hint = "补齐数据，或改写这句话"
            yield Finding("MATERIAL-05", Severity.WARNING, passage.at, words, hint, project=passage.project, found=name)
    if _BRACE.search(_NAME.sub("", passage.text)):
        hint = "数字写成 {名称}，两个花括号成对；要印花括号本身的，改用括号（）"
        told = "花括号没有成对，报告中照原样印出"
        yield Finding("MATERIAL-04", Severity.ERROR, passage.at, told, hint, project=passage.project)
