"""Operations about the people of an evaluation."""

from toolkit.operations.declaration import Asked, Done, Operation


def _new(asked: Asked) -> Done:
    from toolkit import pipeline

    made = pipeline.new_team(pipeline.load(asked.workspace))
    return Done({"file": str(made)}, result=made)


def _check(asked: Asked) -> Done:
    from toolkit import pipeline

    checked = pipeline.check_people(pipeline.load(asked.workspace), asked.now)
    return Done(checked.as_json(), checked.ok, checked)


new = Operation(
    "people new",
    "新建工作组表",
    "生成工作组.xlsx：成员、分工（已按项目清单列出）、回避声明、人员变更、里程碑、验收与付款，填写后核对。",
    _new,
)
check = Operation(
    "people check",
    "核对人员",
    "核对工作组.xlsx：分工、承诺书、回避（按单位和承建方核对）、人员变更、披露、里程碑、付款，一次列出并指明单元格。",
    _check,
    changes=False,
)
