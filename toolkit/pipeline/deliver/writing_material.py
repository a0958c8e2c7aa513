"""报告素材.xlsx in a workspace: made once when reports are made first, and what of it no template prints."""

from collections.abc import Iterable, Iterator, Mapping

from toolkit.excel.files import write_atomic
from toolkit.material import FigureName, material_workbook
from toolkit.model import Finding, Sentence, Severity
from toolkit.model.material import Passage
from toolkit.pipeline.plan.evaluation import Evaluation
from toolkit.report import Named, ReportFacts
from toolkit.word.package import body_texts

_IN_LISTS = ("结论", "经验", "其他说明")
"""Chapters that stand in a list every template prints anyway."""


def ensure_material(evaluation: Evaluation, facts: ReportFacts) -> None:
    """Write the workbook to fill in where there is none; one that is there is never touched."""
    path = evaluation.workspace.material
    if not path.exists():
        names = (FigureName(*name) for name in Named(facts).listed())
        write_atomic(path, material_workbook(evaluation.scheme.title, evaluation.roster, names))


def unplaced(passages: Iterable[Passage], templates: Mapping[str, bytes]) -> Iterator[Finding]:
    """Passages of chapters for which none of the templates used has a place.

    Args:
        passages: what was written.
        templates: file name → bytes of the Word templates that were used.
    """
    tags = "".join("".join(body_texts(data)) for data in templates.values())
    told: set[str] = set()
    for passage in passages:
        tag = f"素材.{passage.chapter}"
        if passage.chapter in (*told, *_IN_LISTS) or tag in tags:
            continue
        told.add(passage.chapter)
        words = Sentence.saying("写了“{chapter}”的素材，本次生成的报告都没有印它的位置", chapter=passage.chapter)
        hint = f"改过的 Word 模板请在相应位置加三段：{{%p for 句 in {tag} %}}、{{{{ 句|join }}}}、{{%p endfor %}}"
        yield Finding("MATERIAL-06", Severity.WARNING, passage.at, words, hint, found=passage.chapter)
