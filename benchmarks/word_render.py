"""How much faster a compiled Word template renders than docxtpl and rust-docxtpl, on the same template and contexts.

Run: python benchmarks/word_render.py [PYTHON], where PYTHON has rust-docxtpl, which cannot stand beside docxtpl
(python -m venv .venv-rust && .venv-rust/bin/pip install rust-docxtpl). All sides are timed in turns of several
documents, on CPU time, after their bodies were found equal.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from docx_peer import rendered as by_docxtpl
from lxml import etree

from toolkit.word.compose import Composer
from toolkit.word.package import DOCUMENT, read_parts, w
from toolkit.word.render import compile_template
from toolkit.word.tables import Column

ROUNDS = 15
TURN = 20
"""Documents of a turn: of a few, a good part would be timed with the caches of the other side, or on waking up."""
RUST = Path(__file__).parents[1] / ".venv-rust/bin/python"
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


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """CPU time of one of several runs."""
    start = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - start) / times


class Peer:
    """Docxtpl of another Python, in a process that renders when it is told to."""

    def __init__(self, python: Path, template: bytes, context: dict[str, object]) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._template, said = Path(self._folder.name, "t.docx"), Path(self._folder.name, "c.json")
        self._template.write_bytes(template)
        said.write_text(json.dumps(context), encoding="utf-8")
        self._asked = f"{self._template} {said} "
        command = [str(python), str(Path(__file__).with_name("docx_peer.py"))]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def seconds(self, times: int) -> float:
        """CPU time of one of several documents."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{self._asked}{times}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline()) / 1000

    def rendered(self) -> bytes:
        """A document of it."""
        self.seconds(1)
        return self._template.with_suffix(".rendered").read_bytes()

    def close(self) -> None:
        """End its process."""
        self._process.communicate()
        self._folder.cleanup()


Measured = tuple[float, float, float]
"""Milliseconds of ours and of the peer, the median of their ratios."""


def against_docxtpl(template: bytes, context: dict[str, object]) -> Measured:
    compiled = compile_template(template)
    assert body(compiled.render(context)) == body(by_docxtpl(template, context))
    return paired(lambda: seconds(lambda: compiled.render(context), TURN), lambda: peer_seconds(template, context))


def peer_seconds(template: bytes, context: dict[str, object]) -> float:
    return seconds(lambda: by_docxtpl(template, context), TURN)


def against(python: Path, template: bytes, context: dict[str, object]) -> Measured:
    compiled, peer = compile_template(template), Peer(python, template, context)
    assert body(compiled.render(context)) == body(peer.rendered())
    found = paired(lambda: seconds(lambda: compiled.render(context), TURN), lambda: peer.seconds(TURN))
    peer.close()
    return found


def paired(ours: Callable[[], float], theirs: Callable[[], float]) -> Measured:
    pairs = [(ours(), theirs()) for _ in range(ROUNDS)]
    fast, slow = (statistics.median(times) * 1000 for times in zip(*pairs, strict=True))
    return fast, slow, statistics.median(peer / own for own, peer in pairs)


def show(title: str, peer: str, found: Measured) -> None:
    print(f"{title}: {peer} {found[1]:.1f} ms, compiled {found[0]:.2f} ms, {found[2]:.1f}x")


if __name__ == "__main__":
    python = Path(sys.argv[1]) if len(sys.argv) > 1 else RUST
    for title, template, context in (
        ("project report", project_report(), project(1)),
        (f"overall report, {PROJECTS} projects", overall_report(), {"projects": [project(n) for n in range(PROJECTS)]}),
    ):
        show(title, "docxtpl", against_docxtpl(template, context))
        if python.exists():
            show(title, "rust-docxtpl", against(python, template, context))
        print(f"{title}: compiling once {seconds(lambda made=template: compile_template(made)) * 1000:.0f} ms")
