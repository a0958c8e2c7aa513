"""Operations between laptops: a part of the projects given to a colleague, and what came back joined."""

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter


def _hand_over(asked: Asked) -> Done:
    from toolkit import pipeline

    if bool(asked["to"].strip()) != bool(asked["projects"].strip()):
        raise BadRequest("移交给同事要同时写明姓名（--to）和项目（--projects）；交回自己的工作两样都不写")
    evaluation = pipeline.load(asked.workspace)
    if asked["to"].strip():
        done = pipeline.hand_over(evaluation, asked["folder"], asked["to"], asked["projects"], asked.now)
    else:
        done = pipeline.hand_back(evaluation, asked["folder"], asked.now)
    return Done(done.as_json(), result=done)


def _merge(asked: Asked) -> Done:
    from toolkit import pipeline

    evaluation = pipeline.load(asked.workspace)
    if not asked["settle"]:
        if asked["by"] or asked["reason"]:
            raise BadRequest("--by 和 --reason 只与 --settle 一起用")
        merged = pipeline.merge(evaluation, asked["paths"], asked.now, asked.tell)
        return Done(merged.as_json(), merged.ok, merged)
    if asked["paths"]:
        raise BadRequest("裁定（--settle）和合并请分两次做")
    settled = pipeline.settle(evaluation, asked["settle"], by=asked["by"], reason=asked["reason"], now=asked.now)
    return Done(settled.as_json(), result=settled)


hand_over = Operation(
    "handover",
    "移交",
    "移交：把一部分项目交给同事在另一台电脑上做（--to、--projects）；不写姓名时，把自己做的交回。",
    _hand_over,
    (
        Parameter("folder", Kind.FOLDER, "文件夹", "移交到哪个空文件夹（旁边另写一份压缩包）", required=True),
        Parameter("to", Kind.TEXT, "姓名", "移交给谁", "--to"),
        Parameter("projects", Kind.TEXT, "项目序号", "移交哪些项目，如 1、2、5-9", "--projects"),
    ),
    page="工作组",
)
merge = Operation(
    "merge",
    "合并",
    "合并：把同事交回的文件夹或压缩包并入本工作区，次序和次数不限；两人对同一件事决定不同的列出，由第三人裁定。",
    _merge,
    (
        Parameter("paths", Kind.PATHS, "路径…", "移交文件夹或交回的压缩包；不给时只列出待裁定的", default=()),
        Parameter("settle", Kind.TEXT, "编号", "裁定：采用编号为此（8位）的那个决定", "--settle", title="采用哪个决定"),
        Parameter("by", Kind.TEXT, "姓名", "裁定人，须是第三人", "--by"),
        Parameter("reason", Kind.TEXT, "文字", "裁定理由", "--reason"),
    ),
    page="工作组",
)
