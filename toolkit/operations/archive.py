"""Operations of handing over: the archive, its proof, its results again."""

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter

_FILE = Parameter("file", Kind.FILE, "归档包", "归档包", required=True)


def _make(asked: Asked) -> Done:
    from toolkit import pipeline

    if asked["file"].suffix.lower() != ".zip":
        raise BadRequest("请给出以 .zip 结尾的文件名")
    made = pipeline.make_archive(
        pipeline.load(asked.workspace), asked["file"], asked.now, asked.tell, mask=asked["mask"]
    )
    return Done(made.as_json(), made.ok, made)


def _verify(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.ledger import Anchor

    printed = Anchor.parse(asked["anchor"])
    if asked["anchor"] and printed is None:
        raise BadRequest("台账回执（--anchor）应写成 条数:校验值，例如 123:4f0c…（64位）")
    verdict = pipeline.verify_archive(asked["file"], printed)
    return Done(verdict.as_json(), verdict.ok, verdict)


def _rerun(asked: Asked) -> Done:
    from toolkit import pipeline

    rerun = pipeline.rerun_archive(asked["file"], asked.tell)
    return Done(rerun.as_json(), rerun.ok, rerun)


make = Operation(
    "archive make",
    "归档",
    "把整个评价归档为一个压缩包：目录、原件、核查、决定、意见、总表、报告、台账，附逐件校验值清单。",
    _make,
    (
        Parameter("file", Kind.NEW_FILE, "文件", "归档包写到哪里，例如 ../2024年度归档.zip", required=True),
        Parameter(
            "mask",
            Kind.FLAG,
            "脱敏",
            "另做一份脱敏副本：联系人、电话、邮箱等字段的内容在各处换成代号，附脱敏清单",
            "--mask",
            default=False,
        ),
    ),
    changes=False,
    settled=True,
    page="归档",
)
verify = Operation(
    "archive verify",
    "校验归档包",
    "校验归档包：只要这一个文件，就能查出任何一件被改动、缺少、多出或改名。",
    _verify,
    (
        _FILE,
        Parameter("anchor", Kind.TEXT, "条数:校验值", "打印或另存的台账回执（台账回执.txt 中的一行）", "--anchor"),
    ),
    in_workspace=False,
    changes=False,
    page="归档",
)
rerun = Operation(
    "archive rerun",
    "由归档包重算",
    "由归档包重新生成汇总总表和全部报告，与归档的逐字节比较；归档包本身不改。",
    _rerun,
    (_FILE,),
    in_workspace=False,
    changes=False,
    page="归档",
)
ARCHIVE = (make, verify, rerun)
