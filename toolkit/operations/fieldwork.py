"""The operation of field work: workbooks for the site, and what was found there."""

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter

_METHODS = ("简单随机", "等距", "分层", "金额加权")


def _fieldwork(asked: Asked) -> Done:
    from toolkit import pipeline

    evaluation = pipeline.load(asked.workspace)
    if asked["paths"]:
        taken = pipeline.take_papers(evaluation, asked["paths"], asked.now, asked.tell)
        return Done(taken.as_json(), taken.ok, taken)
    size = asked["size"]
    if not (size.isascii() and size.isdigit() and len(size) < 6):
        raise BadRequest("抽样数量（--size）应是正整数")
    order = pipeline.FieldOrder(evaluation.project_ids(asked["projects"]), asked["method"], int(size), asked["seed"])
    papers = pipeline.write_papers(evaluation, order, asked.now, asked.tell)
    return Done(papers.as_json(), result=papers)


fieldwork = Operation(
    "fieldwork",
    "现场核查底稿",
    "现场核查底稿：每个项目一份可打印的工作簿（填报值、核查值、依据、证据编号、抽样、签字）；给出填好的底稿时读回为核定值。",
    _fieldwork,
    (
        Parameter("paths", Kind.PATHS, "路径…", "填好的底稿或其文件夹；不给时生成底稿", default=()),
        Parameter("projects", Kind.TEXT, "项目序号", "只生成这些项目的，如 1、2、5-9；不写为全部", "--projects"),
        Parameter(
            "method", Kind.CHOICE, "方法", "抽样方法：简单随机、等距、分层、金额加权", "--method", default=_METHODS[0],
            choices=_METHODS,
        ),
        Parameter("size", Kind.TEXT, "项数", "每个项目抽取几项，默认15", "--size", default="15"),
        Parameter("seed", Kind.TEXT, "种子", "抽样种子，默认用评价标识；同一种子抽得同一结果", "--seed"),
    ),
    page="核查",
)  # fmt: skip
