"""报告素材.xlsx in a workspace: made once, printed, told, and never written over."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from docx import Document

from toolkit import pipeline
from toolkit.excel.write import with_cells

NOW = datetime(2023, 3, 1, 9).astimezone()


def test_the_workbook_is_made_once_printed_and_told(sample_made: Callable[[str], Path], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(sample_made("nanchang-2022"), tmp_path / "南昌"))
    book = folder / "报告素材.xlsx"
    assert book.is_file(), "the first run made it"
    typed = with_cells(book.read_bytes(), "章节素材", {"B4": "全省部署，{最高得分}分。", "B5": "{没有}", "B15": "核查"})
    book.write_bytes(typed)
    templates = folder / "模板"
    templates.mkdir(exist_ok=True)
    own = Document(Path(__file__).parents[2] / "doc_templates" / "整体报告（完整版）.docx")
    tag = next(paragraph for paragraph in own.paragraphs if "素材.政策依据" in paragraph.text)
    for paragraph in (tag, *[tag._p.getnext(), tag._p.getnext().getnext()]):
        element = getattr(paragraph, "_p", paragraph)
        element.getparent().remove(element)
    own.save(templates / "整体报告（完整版）.docx")
    made = pipeline.report(pipeline.load(folder), NOW)
    assert book.read_bytes() == typed
    told = [(finding.code, finding.at.cell, finding.severity.value) for finding in made.findings]
    assert told == [("MATERIAL-04", "B5", "error"), ("MATERIAL-06", "B5", "warning"), ("MATERIAL-06", "B15", "warning")]
    assert not made.ok
    (report,) = made.files
    assert "全省部署，93.50分。" in [paragraph.text for paragraph in Document(report).paragraphs]
    assert pipeline.verify(pipeline.load(folder), NOW).ok
