"""Operations of double scoring: books given out, locked, compared, differences ruled."""

from toolkit.operations.declaration import Asked, Done, Kind, Operation, Parameter


def _give_out(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.pipeline.examine.scorebooks import give_out
    from toolkit.text.folding import ids_in

    made = give_out(pipeline.load(asked.workspace), ids_in(asked["scorers"]), asked.now)
    return Done(made.as_json(), not made.findings, made)


def _adjudicate(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.pipeline.examine.scorebooks import adjudicate

    done = adjudicate(pipeline.load(asked.workspace), asked["paths"], asked.now)
    return Done(done.as_json(), done.ok, done)


scorebooks = Operation(
    "scorebooks",
    "发打分册",
    "为每名打分人生成打分册，只含其负责的项目；打分人按工作组.xlsx 的分工，或由命令写明。",
    _give_out,
    (Parameter("scorers", Kind.TEXT, "姓名", "打分人，用顿号分开；不写按工作组的分工", "--scorers"),),
)
adjudicate = Operation(
    "adjudicate",
    "打分合并与裁定",
    "收下打分册并锁定，各人打分比对，列出超过容差的差异和一致程度，读取差异裁定.xlsx 中的裁定。",
    _adjudicate,
    (Parameter("paths", Kind.PATHS, "路径…", "收回的打分册；不写只比对和读取裁定", default=()),),
)
