"""Operations of the examination: checks, decisions, corrections, scores."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter

if TYPE_CHECKING:
    from toolkit.pipeline import Decision


def _check(asked: Asked) -> Done:
    from toolkit import pipeline

    examined = pipeline.check_of(asked.workspace, asked.now, asked.tell)
    return Done(examined.as_json(), examined.errors == 0, examined)


def _resolve(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.pipeline import Action, Decision

    if asked["accept"] + bool(asked["value"]) + asked["waive"] + asked["withdraw"] != 1:
        raise BadRequest("请在 --accept、--value、--waive、--withdraw 中选一个")
    flags = {Action.ACCEPT: "accept", Action.WAIVE: "waive", Action.WITHDRAW: "withdraw"}
    action = next((wanted for wanted, flag in flags.items() if asked[flag]), Action.OVERRIDE)
    names = ("project", "code", "by", "reason", "cell", "value", "basis", "reviewer")
    decision = Decision(**{name: asked[name] for name in names}, action=action, until=asked["until"] or None)
    done = pipeline.resolve(pipeline.load(asked.workspace), decision, asked.now)
    return Done(done.as_json(), result=done)


def _resolve_together(asked: Asked) -> Done:
    from toolkit import pipeline

    decisions = [_decision(given) for given in asked["decisions"]]
    done = pipeline.resolve_together(pipeline.load(asked.workspace), decisions, asked.now)
    return Done(done.as_json(), not done.refused, done)


def _decision(given: Mapping[str, object]) -> "Decision":
    from toolkit.pipeline import DECIDING, Action, Decision

    names = ("project", "code", "by", "reason", "cell", "value", "basis", "reviewer")
    values = {name: str(given.get(name, "")) for name in names}
    wanted = str(given.get("action", ""))
    if wanted not in DECIDING:
        raise BadRequest(f"没有处理方式“{wanted}”")
    if (wanted == Action.OVERRIDE) != bool(values["value"]):
        raise BadRequest("核定的写明核定值；采纳建议、豁免的不写")
    return Decision(
        values["project"], values["code"], Action(wanted), values["by"], values["reason"],
        values["cell"], values["value"], values["basis"], values["reviewer"],
    )  # fmt: skip


def _decide(asked: Asked) -> Done:
    from toolkit import pipeline

    decided = pipeline.decide(pipeline.load(asked.workspace), asked.now, asked.tell)
    return Done(decided.as_json(), not decided.findings, decided)


def _correct(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.model import Severity
    from toolkit.pipeline import CorrectionOrder

    evaluation = pipeline.load(asked.workspace)
    least = Severity.WARNING if asked["warnings"] else Severity.ERROR
    projects = evaluation.project_ids(asked["projects"])
    order = CorrectionOrder(least, projects, again=asked["again"], preview=asked["preview"])
    made = pipeline.correct(evaluation, asked.now, asked.tell, order)
    return Done(made.as_json(), result=made)


def _rounds(asked: Asked) -> Done:
    from toolkit import pipeline

    units = pipeline.rounds(pipeline.load(asked.workspace), asked.now)
    return Done({"units": [unit.as_json() for unit in units]}, result=units)


def _score(asked: Asked) -> Done:
    from toolkit import pipeline

    scored = pipeline.score(pipeline.load(asked.workspace), asked.now, asked.tell)
    return Done(scored.as_json(), result=scored)


check = Operation("check", "核查", "核查已收到的采集表：三率、公式、勾稽、必填、金额，逐条定位到单元格。", _check)
resolve = Operation(
    "resolve",
    "问题销号",
    "问题销号：采纳建议值（--accept）、核定为另一值（--value）或豁免（--waive），或撤回已作的处理（--withdraw），写明处理人和理由。",
    _resolve,
    (
        Parameter("project", Kind.TEXT, "项目序号", "项目清单中的序号", required=True),
        Parameter("code", Kind.TEXT, "检查项", "问题清单中的编号，如 READ-45", required=True),
        Parameter("by", Kind.TEXT, "姓名", "处理人", "--by", required=True),
        Parameter("reason", Kind.TEXT, "文字", "理由", "--reason", required=True),
        Parameter("accept", Kind.FLAG, "采纳建议值", "采纳问题清单中的建议值", "--accept", default=False),
        Parameter("value", Kind.TEXT, "值", "核定值", "--value"),
        Parameter("waive", Kind.FLAG, "豁免", "豁免，不再要求更正", "--waive", default=False),
        Parameter("withdraw", Kind.FLAG, "撤回", "撤回已作的处理，回到没有处理时的状态", "--withdraw", default=False),
        Parameter("until", Kind.DATE, "年-月-日", "豁免有效期至，如 2026-12-31", "--until"),
        Parameter("cell", Kind.TEXT, "单元格", "同一编号有几处时指明单元格，如 资金情况!C12", "--cell"),
        Parameter("basis", Kind.TEXT, "材料", "依据的材料", "--basis"),
        Parameter("reviewer", Kind.TEXT, "姓名", "复核人", "--reviewer"),
    ),
    page="核查",
)
resolve_together = Operation(
    "resolve together",
    "记入处理意见",
    "记入处理意见：窗口中选定的处理意见一次记入台账，不能采用的逐条说明。",
    _resolve_together,
    (Parameter("decisions", Kind.ROWS, "处理意见", "若干条处理意见", required=True),),
    on_command_line=False,
)
decide = Operation(
    "decide",
    "按清单销号",
    "按清单销号：读取问题清单.xlsx 中填写的处理意见（处理、核定值、处理人、理由），一并记入台账；不能采用的逐行指出。",
    _decide,
)
correct = Operation(
    "correct",
    "退回整改",
    "退回整改：为有须更正问题的项目生成整改表（标出有问题的单元格，开放与之相关的单元格，其余锁定）和整改通知函，"
    "按单位打包。",
    _correct,
    (
        Parameter("warnings", Kind.FLAG, "连同请核实", "连同“请核实”的问题一并退回", "--warnings", default=False),
        Parameter("projects", Kind.TEXT, "项目序号", "只退回这些项目，如 1、2、5-9；不写为全部", "--only"),
        Parameter("again", Kind.FLAG, "再发一轮", "上一轮整改表还没有报回的项目也再发一轮", "--again", default=False),
        Parameter("preview", Kind.FLAG, "只看不发", "只列出将退回什么，不写文件、不记台账", "--dry-run", default=False),
    ),
    page="整改",
)
rounds = Operation(
    "rounds",
    "整改进度",
    "整改进度：各单位退回几轮、销号几条、平均用时，各项目整改前后有什么不同。",
    _rounds,
    changes=False,
)
score = Operation("score", "评分", "按规则评分，每个指标给出得分理由。", _score, changes=False)
