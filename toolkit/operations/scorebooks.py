"""Operations of double scoring: books given out, locked, compared, differences ruled."""

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter


def _give_out(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.pipeline.examine.giving_out import give_out
    from toolkit.pipeline.examine.handing_back import unlock
    from toolkit.text.folding import people_in

    if asked["unlock"]:
        back = unlock(pipeline.load(asked.workspace), asked["unlock"], asked["by"], asked["reason"], asked.now)
        return Done(back.as_json(), result=back)
    if asked["by"] or asked["reason"]:
        raise BadRequest("退回人（--by）和理由（--reason）与 --unlock 同用")
    made = give_out(pipeline.load(asked.workspace), people_in(asked["scorers"]), asked.now)
    return Done(made.as_json(), made.ok, made)


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
    (
        Parameter("scorers", Kind.TEXT, "姓名", "打分人，用顿号分开；不写按工作组的分工", "--scorers"),
        Parameter(
            "unlock",
            Kind.TEXT,
            "打分人",
            "退回这名打分人已锁定、还有空白的打分册，只能补空白",
            "--unlock",
            title="退回谁的打分册",
        ),
        Parameter("by", Kind.TEXT, "退回人", "由谁退回，与 --unlock 同用", "--by"),
        Parameter("reason", Kind.TEXT, "理由", "退回的理由，与 --unlock 同用", "--reason"),
    ),
    page="评审",
)
adjudicate = Operation(
    "adjudicate",
    "打分合并与裁定",
    "收下打分册并锁定，各人打分比对，列出超过容差的差异和一致程度，读取差异裁定.xlsx 中的裁定。",
    _adjudicate,
    (Parameter("paths", Kind.PATHS, "路径…", "收回的打分册；不写只比对和读取裁定", default=()),),
    page="评审",
)
