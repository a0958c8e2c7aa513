"""How much faster a compiled Word template renders than docxtpl, on the same template and contexts, in one run.

Run: python benchmarks/word_render.py. Both sides are timed in turns on CPU time, after their bodies were found equal.
"""

import statistics
import time
from collections.abc import Callable
from io import BytesIO

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from toolkit.word.compose import Composer
from toolkit.word.package import DOCUMENT, read_parts, w
from toolkit.word.render import compile_template
from toolkit.word.tables import Column

ROUNDS = 15
INDICATORS = 30
PROJECTS = 39


def project_report() -> bytes:
    made = Composer("单项目报告")
    made.cover(
        "{{ name }}\n绩效评价报告", lines=[("责任单位", "{{ unit }}")], organisation="评价机构", date="{{ day }}"
    )
    made.contents()
    for number, heading in enumerate(("项目基本情况", "评价工作开展情况", "指标分析", "问题与建议"), start=1):
        made.heading(1, f"{number}、{heading}")
        made.paragraph(
            "{{ name }}由{{ unit }}实施，预算资金{{ budget }}万元，实际支出{{ spent }}万元，总分{{ score }}分。"
        )
    columns = [
        Column("序号", "{{ loop.index }}", 1),
        Column("指标", "{{ i.name }}", 5),
        Column("得分", "{{ i.score }}", 2),
    ]
    made.table(columns, each="i in indicators", caption="表1　指标得分")
    return made.save()


def overall_report() -> bytes:
    made = Composer("整体报告")
    made.heading(1, "一、项目得分")
    made.table([Column("项目", "{{ p.name }}", 6), Column("得分", "{{ p.score }}", 2)], each="p in projects")
    with made.each("p in projects"):
        made.heading(2, "{{ p.name }}")
        made.pairs([("责任单位", "{{ p.unit }}"), ("预算资金", "{{ p.budget }}")])
        made.paragraph("{{ p.name }}总分{{ p.score }}分，实际支出{{ p.spent }}万元。")
    return made.save()


def project(number: int) -> dict[str, object]:
    rows = [{"name": f"指标{index}", "score": f"{index}.50"} for index in range(INDICATORS)]
    amounts = {"budget": "100.00", "spent": "97.26", "score": f"{90 - number % 30}.50"}
    return {"name": f"项目{number}", "unit": "数据局", "day": "2024年6月", "indicators": rows, **amounts}


def by_docxtpl(template: bytes, context: dict[str, object]) -> bytes:
    made = DocxTemplate(BytesIO(template))
    made.render(context, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def body(docx: bytes) -> bytes:
    """The body but for what only ours does: rows kept on one page with the next, captions whose number Word counts."""
    part = etree.fromstring(read_parts(docx)[DOCUMENT])[0]
    for kept in list(part.iter(w("keepNext"))):
        kept.getparent().remove(kept)
    for caption in part.iterchildren(w("p")):
        if caption.find(f"./{w('pPr')}/{w('pStyle')}[@{w('val')}='图表题']") is not None:
            words = "".join(text.text for text in caption.iter(w("t")))
            del caption[1:]
            etree.SubElement(etree.SubElement(caption, w("r")), w("t")).text = words
    return etree.tostring(etree.fromstring(etree.tostring(part)), method="c14n", exclusive=True)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def compare(title: str, template: bytes, context: dict[str, object]) -> None:
    compiled = compile_template(template)
    assert body(compiled.render(context)) == body(by_docxtpl(template, context))
    pairs = [
        (seconds(lambda: by_docxtpl(template, context)), seconds(lambda: compiled.render(context)))
        for _ in range(ROUNDS)
    ]
    slow, fast = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    compiling = seconds(lambda: compile_template(template)) * 1000
    print(f"{title}: docxtpl {slow:.1f} ms, compiled {fast:.1f} ms, {ratio:.1f}x (compiling once: {compiling:.0f} ms)")


if __name__ == "__main__":
    compare("project report", project_report(), project(1))
    compare(
        f"overall report, {PROJECTS} projects", overall_report(), {"projects": [project(n) for n in range(PROJECTS)]}
    )
