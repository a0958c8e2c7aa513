"""The operation of proof-reading."""

from typing import Any

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter


def _proof(asked: Asked) -> Done:
    from toolkit import pipeline

    paths = list(pipeline.expanded(asked["files"]))
    if not paths:
        raise BadRequest("请给出要校核的报告：.docx、.pdf、.xlsx 或 .txt 文件")
    known = pipeline.known_of(asked.workspace, asked.now) if asked["against"] else None
    result = pipeline.proof_read(paths, asked["out"] or None, asked.now, asked.tell, known)
    return Done(result.as_json(), result.ok, result)


def _view(asked: Asked) -> Done:
    """The same with each finding's mark, by which it is decided, and the files that were written."""
    done = _proof(asked)
    read: Any = done.result
    marks = [mark for _, item in read.files for mark, _ in item.findings]
    found = [{**row, "mark": mark} for row, mark in zip(done.values["findings"], marks, strict=False)]
    refused = done.values["findings"][len(marks) :]
    coverage = [{"file": name, "coverage": item.coverage} for name, item in read.files]
    more = {"findings": [*found, *refused], "coverage": coverage, "written": [str(path) for path in read.written]}
    return Done(done.values | more | {"folder": str(read.written[0].parent)}, done.ok, read)


def _decide(asked: Asked) -> Done:
    from toolkit import pipeline

    decisions = {str(row.get("mark", "")): (str(row.get("decision", "")), str(row.get("reason", "")))
                 for row in asked["decisions"]}  # fmt: skip
    if any(decision == "忽略" and not reason.strip() for decision, reason in decisions.values()):
        raise BadRequest("忽略的发现须写明理由")
    done = pipeline.decide_proof(asked["folder"], decisions)
    return Done(done.as_json(), not done.unknown, done)


_FIELDS = (
    Parameter("files", Kind.PATHS, "报告", "要校核的 .docx、.pdf、.xlsx、.txt 文件或文件夹", required=True),
    Parameter("out", Kind.FOLDER, "结果文件夹", "结果写到哪个文件夹，默认在报告旁的“校核结果”", "--out"),
    Parameter("against", Kind.FLAG, "与工作区核对", "与工作区的项目清单、方案和汇总总表核对", "-w", default=False),
)


proof = Operation(
    "proof",
    "校核报告",
    "校核报告：核对正文、表格中每个数字、名称、日期、编号和引用，写出带批注的副本和校核清单；原件不改。",
    _proof,
    _FIELDS,
    changes=False,
)
view = Operation(
    "view proof",
    "校核报告",
    "校核报告，并给出每条发现的标识。",
    _view,
    _FIELDS,
    in_workspace=False,
    changes=False,
    on_command_line=False,
)
decide = Operation(
    "view proof decide",
    "处理校核发现",
    "把处理和理由写入校核清单；忽略的下次校核不再列出。",
    _decide,
    (
        Parameter("folder", Kind.FOLDER, "结果文件夹", "校核清单所在的文件夹", required=True),
        Parameter("decisions", Kind.ROWS, "处理意见", "每条的标识、处理、理由", required=True),
    ),
    in_workspace=False,
    changes=False,
    on_command_line=False,
)
