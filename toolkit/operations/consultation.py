"""The operation of 征求意见: units asked, replies taken, opinions settled."""

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter


def _opinions(asked: Asked) -> Done:
    from toolkit import pipeline

    if asked["read"] and not asked["paths"]:
        raise BadRequest("请写明要读取的意见回复表或其文件夹（--read 路径…）")
    if asked["paths"] and (asked["anew"] or asked["settle"]):
        raise BadRequest("读取回复（--read）与 --settle、--anew 请分开运行")
    order = pipeline.OpinionOrder(asked["paths"], asked["settle"], asked["anew"])
    done = pipeline.consult(pipeline.load(asked.workspace), order, asked.now, asked.tell)
    return Done(done.as_json(), done.ok, done)


opinions = Operation(
    "opinions",
    "征求意见",
    "征求意见：为每个单位生成征求意见稿和意见回复表；读取回复；读回征求意见处理表中的处理，列出未处理的意见和得分变动。",
    _opinions,
    (
        Parameter("paths", Kind.PATHS, "路径…", "收回的意见回复表或其文件夹，与 --read 同用；不给时生成", default=()),
        Parameter("read", Kind.FLAG, "读取回复", "读取收回的意见回复表", "--read", default=False),
        Parameter(
            "settle", Kind.FLAG, "只读取处理", "只读回征求意见处理表，不生成征求意见稿", "--settle", default=False
        ),
        Parameter("anew", Kind.FLAG, "重新征求", "已发过的单位按现在的得分重新生成", "--anew", default=False),
    ),
    page="汇总并出报告",
)
