"""Operations on what came back: files, mails, which return counts."""

import os

from toolkit.operations.declaration import Asked, Done, Kind, Operation, Parameter


def _collect(asked: Asked) -> Done:
    from toolkit import pipeline

    taken = pipeline.collect(pipeline.load(asked.workspace), asked["paths"], asked.now, asked.tell, asked["cluster"])
    return Done(taken.as_json(), result=taken)


def _fetch(asked: Asked) -> Done:
    from toolkit import pipeline

    done = pipeline.fetch(pipeline.load(asked.workspace), os.environ, asked.now, asked.tell)
    return Done(done.as_json(), result=done)


def _choose(asked: Asked) -> Done:
    from toolkit import pipeline

    done = pipeline.choose_return(
        pipeline.load(asked.workspace),
        asked["project"],
        asked["sha256"],
        by=asked["by"],
        reason=asked["reason"],
        now=asked.now,
    )
    return Done(done.as_json(), result=done)


ON_CLUSTER = Parameter("cluster", Kind.TEXT, "地址", "由群集读取报送件：调度程序的地址，tcp://主机:端口", "--cluster")
collect = Operation(
    "collect",
    "读取报送件",
    "读取报送件：文件、文件夹或压缩包，不论文件名。不给路径时读取收件箱。",
    _collect,
    (Parameter("paths", Kind.PATHS, "路径…", "报送件所在位置", default=()), ON_CLUSTER),
    page="收件",
)
fetch = Operation(
    "fetch",
    "收取邮件",
    "从邮箱文件夹收取单位回复的附件，存入收件箱，每个附件只收一次；邮箱里的邮件不动。",
    _fetch,
    page="收件",
)
choose = Operation(
    "choose",
    "指定以哪份为准",
    "同一项目收到多份报送件时，指定以哪一份为准；指定人和理由记入台账。",
    _choose,
    (
        Parameter("project", Kind.TEXT, "项目序号", "项目清单中的序号", required=True),
        Parameter(
            "sha256", Kind.TEXT, "校验值", "报送件校验值（sha256）的前 6 位以上（见 collect --json）", required=True
        ),
        Parameter("by", Kind.TEXT, "姓名", "指定人姓名", "--by", required=True),
        Parameter("reason", Kind.TEXT, "文字", "理由", "--reason", required=True),
    ),
    page="收件",
)
