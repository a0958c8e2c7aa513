"""Returns of an older scheme carried into workbooks of the present one."""

from toolkit.operations.declaration import Asked, Done, Kind, Operation, Parameter


def _migrate(asked: Asked) -> Done:
    from toolkit import pipeline

    evaluation = pipeline.load(asked.workspace)
    migrated = pipeline.migrate(evaluation, asked["paths"], asked["to"] or None, asked.tell, asked["renamed"])
    return Done(migrated.as_json(), migrated.ok, migrated)


scheme_migrate = Operation(
    "scheme migrate",
    "迁移旧版采集表",
    "把按旧版方案填好的采集表迁移到现行方案：按字段名逐格带入，写出新采集表和迁移日志，原件不动。",
    _migrate,
    (
        Parameter("paths", Kind.PATHS, "路径…", "旧版采集表：文件、文件夹或压缩包；不给时读取收件箱", default=()),
        Parameter("to", Kind.FOLDER, "文件夹", "新采集表和日志放在哪里；不给时放在工作区的“迁移”文件夹", "--to"),
        Parameter(
            "renamed",
            Kind.TEXT,
            "编码",
            "换了编码的指标，经人确认的：旧编码=现行编码，如 A101=A103、A102=A104；不给时只列出，不带入",
            "--renamed",
            default="",
        ),
    ),
    page="收件",
)
