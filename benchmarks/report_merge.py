"""How much it costs to merge a report that a person edited with what is generated now.

Run: python benchmarks/report_merge.py. CPU time, after it was found that nothing is lost: what nobody edited becomes
the new generation, a sentence a person typed stands in it, and merging again changes no byte.
"""

import statistics
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from docx import Document
from report_finish import CHARTS, template, words
from word_render import seconds

from toolkit.model.figure import Figure
from toolkit.word.charts import insert_charts
from toolkit.word.contents import fill_contents
from toolkit.word.merging import merge_report
from toolkit.word.package import body_texts
from toolkit.word.render import compile_template

ROUNDS = 11
TYPED = "现场查看属实。"
NOON = datetime(2026, 11, 28, 12)  # noqa: DTZ001


def generation(score: str) -> bytes:
    """A report of one project with this score."""
    said = {**words(), "score": Figure(Decimal(score), "汇总!G5", score)}
    return fill_contents(insert_charts(compile_template(template()).render(said), CHARTS))


def typed_into(docx: bytes) -> bytes:
    document = Document(BytesIO(docx))
    next(paragraph for paragraph in document.paragraphs if "总分" in paragraph.text).add_run(TYPED)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


if __name__ == "__main__":
    base, new = generation("90.50"), generation("91.25")
    mine = typed_into(base)
    made = merge_report(base, mine, new, NOON)
    assert body_texts(merge_report(base, base, new, NOON).data) == body_texts(new)
    assert [text.replace(TYPED, "") for text in body_texts(made.data)] == body_texts(new)
    assert any(text.endswith(TYPED) and "91.25" in text for text in body_texts(made.data))
    assert merge_report(new, made.data, new, NOON).data == made.data
    times = [seconds(lambda: merge_report(base, mine, new, NOON)) * 1000 for _ in range(ROUNDS)]
    print(
        f"merged report, {len(body_texts(new))} paragraphs: {statistics.median(times):.1f} ms, best {min(times):.1f} ms"
    )
