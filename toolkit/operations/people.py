"""Operations about the people of an evaluation."""

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter


def _new(asked: Asked) -> Done:
    from toolkit import pipeline

    made = pipeline.new_team(pipeline.load(asked.workspace))
    return Done({"file": str(made)}, result=made)


def _check(asked: Asked) -> Done:
    from toolkit import pipeline

    checked = pipeline.check_people(pipeline.load(asked.workspace), asked.now)
    return Done(checked.as_json(), checked.ok, checked)


def _plan(asked: Asked) -> Done:
    from toolkit import pipeline

    made = pipeline.write_plan(pipeline.load(asked.workspace), asked.now)
    return Done(made.as_json(), made.ok, made)


plan = Operation(
    "people plan",
    "工作方案",
    "由方案、项目清单、工作组.xlsx生成工作方案、验收与付款清单和承诺书（Word），列出缺少的内容和到期、过期的事项。",
    _plan,
    page="工作组",
)
new = Operation(
    "people new",
    "新建工作组表",
    "生成工作组.xlsx：成员、分工（已按项目清单列出）、回避声明、人员变更、里程碑、验收与付款，填写后核对；承诺书、同意文件等放入“人员材料”文件夹。",
    _new,
)
check = Operation(
    "people check",
    "核对人员",
    "核对工作组.xlsx：分工、承诺书、回避（按单位和承建方核对）、人员变更、披露、里程碑、付款，一次列出并指明单元格。",
    _check,
    changes=False,
)


def _sign(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.text.folding import ids_in

    evaluation = pipeline.load(asked.workspace)
    board = pipeline.sign(
        evaluation,
        asked["level"],
        asked["by"],
        evaluation.project_ids(asked["projects"]),
        ids_in(asked["indicators"]),
        asked.now,
    )
    return Done(board.as_json(), board.ok, board)


def _states(asked: Asked) -> Done:
    from toolkit import pipeline

    board = pipeline.review_board(pipeline.load(asked.workspace), asked.now, write=True)
    return Done(board.as_json(), board.ok, board)


def _review_states(asked: Asked) -> Done:
    from toolkit import pipeline

    board = pipeline.review_board(pipeline.load(asked.workspace), asked.now)
    return Done(board.as_json(), board.ok, board)


_PLACE = ("project", "indicator", "cell", "paragraph")


def _notes(asked: Asked) -> Done:
    from toolkit import pipeline

    if asked["answer"] and asked["close"]:
        raise BadRequest("回复（--answer）和关闭（--close）请分两次做")
    if (asked["answer"] or asked["close"]) and any(asked[name] for name in _PLACE):
        raise BadRequest("回复和关闭只写编号，不写位置")
    evaluation = pipeline.load(asked.workspace)
    names = ("by", "text", *_PLACE, "answer", "close")
    new = False
    if any(asked[name] for name in names):
        new = pipeline.note(evaluation, pipeline.NoteRequest(**{name: asked[name] for name in names}), asked.now)
    board = pipeline.review_board(evaluation, asked.now, write=True, new=int(new))
    return Done(board.as_json(), result=board)


_BY = Parameter("by", Kind.TEXT, "姓名", "提意见、回复或关闭的人", "--by")
sign = Operation(
    "people sign",
    "三级复核签字",
    "三级复核签字：初评、复核、质控，由不同的人依次签；所签的原件、取值、规则、评审意见、佐证有改动的，只有那一处失效。",
    _sign,
    (
        Parameter(
            "level", Kind.CHOICE, "级别", "初评、复核或质控", "--level", required=True, choices=("初评", "复核", "质控")
        ),
        Parameter("by", Kind.TEXT, "姓名", "签字人", "--by", required=True),
        Parameter("projects", Kind.TEXT, "项目序号", "签哪些项目，如 1、2、5-9；不写为全部", "--projects"),
        Parameter("indicators", Kind.TEXT, "指标编号", "签哪些指标，用顿号分开；不写为全部", "--indicators"),
    ),
    page="工作组",
)
states = Operation(
    "people states",
    "复核状态",
    "复核状态：每个项目和指标是未评、初评、复核中、已复核还是复核后有改动，哪些签字失效；写入三级复核表.xlsx。",
    _states,
)
notes = Operation(
    "people notes",
    "复核意见",
    "复核意见：针对指标、单元格或报告段落提出，由评价人回复，由提出人关闭；不写内容时列出全部。",
    _notes,
    (
        _BY,
        Parameter("text", Kind.TEXT, "文字", "意见或回复的内容", "--text"),
        Parameter("project", Kind.TEXT, "项目序号", "意见针对的项目", "--project"),
        Parameter("indicator", Kind.TEXT, "指标编号", "意见针对的指标", "--indicator"),
        Parameter("cell", Kind.TEXT, "单元格", "意见针对的填报格，如 资金情况!C12", "--cell"),
        Parameter("paragraph", Kind.TEXT, "一句话", "意见针对的报告段落，照抄其中一句", "--paragraph"),
        Parameter("answer", Kind.TEXT, "编号", "回复这条意见，写它的编号", "--answer", title="回复哪条意见"),
        Parameter("close", Kind.TEXT, "编号", "关闭这条意见（限提出人），写它的编号", "--close", title="关闭哪条意见"),
    ),
    page="工作组",
)
review_states = Operation(
    "view review states",
    "复核状态",
    "复核状态，只看不写。",
    _review_states,
    changes=False,
    on_command_line=False,
)
