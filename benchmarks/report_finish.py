"""How much a report costs whose body stays parsed from the template to the seal, against one opened again by each step.

Run: python benchmarks/report_finish.py. Both ways are timed in turns on CPU time, after their bytes were found equal.
"""

import statistics
from decimal import Decimal

from word_render import seconds

from toolkit.model.figure import Figure
from toolkit.word.charts import ChartKind, ChartSpec, insert_charts, put_charts
from toolkit.word.compose import Composer
from toolkit.word.contents import fill_contents, put_contents
from toolkit.word.render import WordTemplate, compile_template
from toolkit.word.seal import put_seal, seal
from toolkit.word.tables import Column

ROUNDS = 11
INDICATORS = 60
CHARTS = {"得分": ChartSpec(ChartKind.BAR, ["甲", "乙"], {"得分": [Decimal(90), Decimal(85)]})}


def template() -> bytes:
    made = Composer("单项目报告")
    made.contents()
    for number, heading in enumerate(("项目基本情况", "指标分析", "问题与建议"), start=1):
        made.heading(1, f"{number}、{heading}")
        made.paragraph("{{ name }}总分{{ score }}分。")
    columns = [
        Column("指标", "{{ i.name }}", 5),
        Column("得分", "{{ i.score }}", 2),
        Column("满分", "{{ i.full }}", 2),
    ]
    made.table(columns, each="i in indicators", caption="表1　指标得分")
    made.paragraph("[[图:得分]]")
    return made.save()


def words() -> dict[str, object]:
    rows = [
        {
            "name": f"指标{number}",
            "score": Figure(Decimal("8.5"), f"指标得分!C{number + 5}", "8.50"),
            "full": Figure(Decimal(10), f"指标得分!D{number + 5}", "10"),
        }
        for number in range(INDICATORS)
    ]
    return {"name": "项目一", "score": Figure(Decimal("90.5"), "汇总!G5", "90.50"), "indicators": rows}


def step_by_step(compiled: WordTemplate, context: dict[str, object]) -> bytes:
    return seal(fill_contents(insert_charts(compiled.render(context), CHARTS)))


def on_one_body(compiled: WordTemplate, context: dict[str, object]) -> bytes:
    document = compiled.open(context)
    put_charts(document, CHARTS)
    put_contents(document)
    put_seal(document)
    return document.close()


if __name__ == "__main__":
    compiled, context = compile_template(template()), words()
    assert on_one_body(compiled, context) == step_by_step(compiled, context)
    pairs = [
        (seconds(lambda: step_by_step(compiled, context)), seconds(lambda: on_one_body(compiled, context)))
        for _ in range(ROUNDS)
    ]
    slow, fast = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(long / short for long, short in pairs)
    print(f"finished report: step by step {slow:.1f} ms, on one body {fast:.1f} ms, {ratio:.2f}x")
