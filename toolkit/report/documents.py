"""Which documents an evaluation gets, their names, and how each is rendered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, partial

from toolkit.errors import TemplateError
from toolkit.excel.files import safe_file_name, unique_names
from toolkit.report.chart_plan import overall_charts
from toolkit.report.facts import VERIFICATION_UNIT, ReportFacts
from toolkit.report.overall import overall_words
from toolkit.report.project import project_words
from toolkit.report.project_charts import project_charts
from toolkit.report.verification import verification_words
from toolkit.word.charts import ChartSpec, chart_names, insert_charts
from toolkit.word.contents import fill_contents_with_pages
from toolkit.word.lint import lint_template
from toolkit.word.render import WordTemplate, compile_template
from toolkit.word.seal import seal

_ONE_REPORT = "只有一个项目，合并为一份报告"
_TITLE = 60  # characters of a title that leave room for what follows in a file name

ToPdf = Callable[[bytes], bytes]


class DocumentKind(StrEnum):
    """The kinds of reports; the value is the Word template's name without extension."""

    FULL = "整体报告（完整版）"
    BRIEF = "整体报告（简版）"
    VERIFICATION = "整体核查报告"
    PROJECT = "单项目报告"

    @property
    def template(self) -> str:
        """File name of the Word template."""
        return f"{self.value}.docx"


@dataclass(frozen=True, slots=True)
class Document:
    """A finished report: a safe file name, its kind, the ``.docx``."""

    name: str
    kind: DocumentKind
    data: bytes


@dataclass(frozen=True, slots=True)
class _Planned:
    name: str
    kind: DocumentKind
    words: Callable[[], Mapping[str, object]]
    charts: Callable[[], Mapping[str, ChartSpec]]


def report_names(facts: ReportFacts) -> tuple[str, ...]:
    """File names of all documents, in the order they will be made."""
    return tuple(one.name for one in _plan(facts))


def skipped_reports(facts: ReportFacts) -> tuple[tuple[DocumentKind, str], ...]:
    """Kinds of reports that are not made, each with the reason in Chinese."""
    skipped: list[tuple[DocumentKind, str]] = []
    if reason := _no_verification(facts):
        skipped.append((DocumentKind.VERIFICATION, reason))
    if not any(one.project for one in facts.scored):
        skipped.append((DocumentKind.PROJECT, "评价方案按整体评分，没有分项目得分"))
    if _single(facts):
        return ((DocumentKind.BRIEF, _ONE_REPORT), (DocumentKind.PROJECT, _ONE_REPORT))
    return tuple(skipped)


def render_reports(
    facts: ReportFacts, template_bytes: Callable[[str], bytes], *, to_pdf: ToPdf | None = None
) -> Iterator[Document]:
    """The documents, one after another; every template is read and compiled once.

    Args:
        facts: what the reports are about.
        template_bytes: file name of a Word template → its bytes.
        to_pdf: converts a ``.docx`` to PDF, for page numbers in the contents; None leaves them out.

    Raises:
        TemplateError: a template cannot be read, or asks for something no report has; it names every mistake.
    """
    compiled: dict[DocumentKind, tuple[WordTemplate, bool]] = {}
    for one in _plan(facts):
        source = template_bytes(one.kind.template) if one.kind not in compiled else b""
        words = one.words()
        try:
            if source:
                compiled[one.kind] = compile_template(source, one.kind.template), bool(chart_names(source))
            template, has_charts = compiled[one.kind]
            data = _render(template, words, one.charts() if has_charts else {})
        except TemplateError as error:
            raise _all_mistakes(error, source or template_bytes(one.kind.template), one.kind, words) from error
        yield Document(one.name, one.kind, seal(fill_contents_with_pages(data, to_pdf)))


def _all_mistakes(
    error: TemplateError, source: bytes, kind: DocumentKind, words: Mapping[str, object]
) -> TemplateError:
    """Rendering stops at the first mistake; a consultant wants to mend them in one go."""
    try:
        problems = lint_template(source, words)
    except TemplateError:
        return error  # no Word file at all
    if len(problems) < 2:
        return error
    listed = "；".join(f"（{n}）{one.place}：{one.message}，{one.hint}" for n, one in enumerate(problems, 1))
    return TemplateError(
        f"Word 模板有{len(problems)}处问题：{listed}",
        where=kind.template,
        what_to_do="请在 Word 中逐处改正后重新生成报告",
    )


def _render(template: WordTemplate, words: Mapping[str, object], charts: Mapping[str, ChartSpec]) -> bytes:
    rendered = template.render(words)
    return insert_charts(rendered, charts) if charts else rendered


def _plan(facts: ReportFacts) -> list[_Planned]:
    title = facts.scheme.title[:_TITLE]
    words, charts = partial(overall_words, facts), cache(partial(overall_charts, facts))
    if _single(facts):
        return [_Planned(safe_file_name(f"{title}报告.docx"), DocumentKind.FULL, words, charts)]
    plan = [_Planned(f"{title}{kind}", kind, words, charts) for kind in (DocumentKind.FULL, DocumentKind.BRIEF)]
    if not _no_verification(facts):
        name = f"{facts.verification_unit[:_TITLE]}{facts.scheme.year}年度项目{DocumentKind.VERIFICATION}"
        plan.append(_Planned(name, DocumentKind.VERIFICATION, partial(verification_words, facts), dict))
    own = {one.project.id: one for one in (*facts.scored, *facts.unscored) if one.project}
    for number, one in ((n, own[each.id]) for n, each in enumerate(facts.roster.projects, 1) if each.id in own):
        name = f"{number:03d}_{one.name[:_TITLE]}绩效评价报告"
        drawn = partial(project_charts, facts, one)
        plan.append(_Planned(name, DocumentKind.PROJECT, partial(project_words, facts, one), drawn))
    names = unique_names(safe_file_name(f"{one.name}.docx") for one in plan)
    return [replace(one, name=name) for name, one in zip(names, plan, strict=True)]


def _single(facts: ReportFacts) -> bool:
    """One project alone gets one report: three would say the same."""
    return not facts.has_many_projects


def _no_verification(facts: ReportFacts) -> str:
    """Why there is no verification report; "" when there is one."""
    unit = facts.verification_unit
    if not unit:
        return f"评价方案没有填写“{VERIFICATION_UNIT}”"
    return "" if unit in facts.roster.units() else f"项目清单中没有“{unit}”负责的项目"
