"""Renders by the docxtpl of whatever Python runs it: rust-docxtpl cannot be installed beside docxtpl.

Run by :class:`word_render.Peer`. Asked in lines ``template.docx context.json times``; answers milliseconds of CPU time
for one document, after the first one was written beside the template.
"""

import json
import sys
import time
from io import BytesIO
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment


def rendered(template: bytes, context: dict[str, object]) -> bytes:
    made = DocxTemplate(BytesIO(template))
    made.render(context, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined))
    target = BytesIO()
    made.save(target)
    return target.getvalue()


if __name__ == "__main__":
    for line in sys.stdin:
        template, context, times = line.split()
        data, words = Path(template).read_bytes(), json.loads(Path(context).read_text(encoding="utf-8"))
        Path(template).with_suffix(".rendered").write_bytes(rendered(data, words))
        start = time.process_time()
        for _ in range(int(times)):
            rendered(data, words)
        print((time.process_time() - start) * 1000 / int(times), flush=True)
