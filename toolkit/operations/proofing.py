"""The operation of proof-reading."""

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter


def _proof(asked: Asked) -> Done:
    from toolkit import pipeline

    paths = list(pipeline.expanded(asked["files"]))
    if not paths:
        raise BadRequest("请给出要校核的报告：.docx、.pdf、.xlsx 或 .txt 文件")
    known = pipeline.known_of(asked.workspace, asked.now) if asked["against"] else None
    result = pipeline.proof_read(paths, asked["out"] or None, asked.now, asked.tell, known)
    return Done(result.as_json(), result.ok, result)


proof = Operation(
    "proof",
    "校核报告",
    "校核报告：核对正文、表格中每个数字、名称、日期、编号和引用，写出带批注的副本和校核清单；原件不改。",
    _proof,
    (
        Parameter("files", Kind.PATHS, "报告", "要校核的 .docx、.pdf、.xlsx、.txt 文件或文件夹", required=True),
        Parameter("out", Kind.FOLDER, "结果文件夹", "结果写到哪个文件夹，默认在报告旁的“校核结果”", "--out"),
        Parameter("against", Kind.FLAG, "与工作区核对", "与工作区的项目清单、方案和汇总总表核对", "-w", default=False),
    ),
    changes=False,
)
