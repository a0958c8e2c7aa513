"""The operation that takes values from earlier forms."""

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter


def _prefill(asked: Asked) -> Done:
    from toolkit import pipeline

    if not asked["paths"]:
        raise BadRequest("请给出绩效目标申报表或上年自评表（文件或文件夹）")
    evaluation = pipeline.load(asked.workspace)
    taken = pipeline.import_forms(evaluation, asked["paths"], asked["project"], asked.now)
    return Done(taken.as_json(), taken.ok, taken)


prefill = Operation(
    "prefill",
    "导入申报表、上年自评表",
    "把绩效目标申报表、上年自评表的内容写入预填.xlsx（待核实），生成采集表时预填；标签与字段的对照记在同一工作簿。",
    _prefill,
    (
        Parameter("paths", Kind.PATHS, "路径…", "申报表或上年自评表，或其文件夹", required=True),
        Parameter("project", Kind.TEXT, "项目序号", "表中的项目名称与清单不同时，写明是哪个项目", "--project"),
    ),
    page="下发",
)
