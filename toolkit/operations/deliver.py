"""Operations of delivery: master workbook, reports, verification, ledger."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter
from toolkit.operations.intake import ON_CLUSTER

if TYPE_CHECKING:
    from toolkit.pipeline.deliver.printing import Printed

_FINAL = "终稿"
_STAGES = ("征求意见稿", "送审稿", _FINAL)


def _aggregate(asked: Asked) -> Done:
    from toolkit import pipeline

    master = pipeline.aggregate(pipeline.load(asked.workspace), asked.now, asked.tell)
    return Done(master.as_json(), result=master)


def _report(asked: Asked) -> Done:
    from toolkit import pipeline

    stage = _stage(asked)
    if asked["pdf"]:
        pipeline.require_printing()
    evaluation = pipeline.load(asked.workspace)
    if stage == _FINAL:
        pipeline.refuse_final(evaluation, asked.now)
    reports = pipeline.report(evaluation, asked.now, asked.tell, pages=asked["pages"])
    kept = pipeline.keep_draft(evaluation, reports, stage, asked.now) if stage else None
    printed = _printed(asked, reports.files, kept.folder if kept else None) if asked["pdf"] else None
    said = {"draft": kept.as_json()} if kept else {}
    said |= {"pdf": printed.as_json()} if printed else {}
    return Done(reports.as_json() | said, reports.ok and not (printed and printed.failed), (reports, kept, printed))


def _printed(asked: Asked, files: Sequence[Path], kept: Path | None) -> "Printed":
    """The reports as PDFs, those of a draft from the draft's own folder."""
    from toolkit import pipeline

    space = pipeline.Workspace.open(asked.workspace)
    reports = [path for path in files if path.suffix == ".docx" and path.is_file()]
    if kept is not None:
        reports = [path for path in (kept / report.name for report in reports) if path.is_file()]
    return pipeline.print_reports(space, reports, kept or space.reports, asked.now, asked.tell)


def _stage(asked: Asked) -> str:
    """The stage the reports are kept as; "" where they are not kept."""
    stage = str(asked["draft"])
    if asked["final"] and stage not in ("", _FINAL):
        raise BadRequest(f"--final 是终稿，不能同时写 --draft {stage}；只写其中一个")
    return _FINAL if asked["final"] else stage


def _compare(asked: Asked) -> Done:
    from toolkit import pipeline

    compared = pipeline.compare_drafts(
        pipeline.load(asked.workspace), asked["old"], asked["new"], asked.now, asked.tell
    )
    return Done(compared.as_json(), result=compared)


def _run(asked: Asked) -> Done:
    from toolkit import pipeline

    summary = pipeline.run(pipeline.load(asked.workspace), asked.now, asked.tell, asked["cluster"])
    return Done(summary.as_json(), result=summary)


def _status(asked: Asked) -> Done:
    from toolkit import pipeline

    board = pipeline.status_of(asked.workspace, asked.now)
    return Done(board.as_json(), result=board)


def _verify(asked: Asked) -> Done:
    from toolkit import pipeline

    verdict = pipeline.verify_of(asked.workspace, asked.now, asked.tell)
    return Done(verdict.as_json(), verdict.ok, verdict)


def _open(asked: Asked) -> Done:
    from toolkit import pipeline

    opened = pipeline.open_master(asked.workspace)
    return Done(opened.as_json(), result=opened)


def _export(asked: Asked) -> Done:
    from toolkit import pipeline

    made = pipeline.export_tables(asked.workspace, asked["folder"])
    return Done(made.as_json(), result=made)


def _ledger_export(asked: Asked) -> Done:
    from toolkit import pipeline

    if asked["file"].suffix.lower() != ".xlsx":
        raise BadRequest("请给出以 .xlsx 结尾的文件名")
    done = pipeline.export_ledger(pipeline.load(asked.workspace), asked["file"])
    return Done(done.as_json(), result=done)


def _ledger_verify(asked: Asked) -> Done:
    from toolkit import pipeline
    from toolkit.ledger import Anchor

    printed = Anchor.parse(asked["anchor"])
    if asked["anchor"] and printed is None:
        raise BadRequest("台账回执（--anchor）应写成 条数:校验值，例如 123:4f0c…（64位）")
    verdict = pipeline.verify_ledger(pipeline.Workspace.open(asked.workspace), printed)
    return Done(verdict.as_json(), verdict.ok, verdict)


def _ledger_move(asked: Asked) -> Done:
    from toolkit import pipeline

    moved = pipeline.move_ledger(pipeline.Workspace.open(asked.workspace), asked["address"], asked.now)
    return Done(moved.as_json(), result=moved)


aggregate = Operation(
    "aggregate", "生成汇总总表", "生成汇总总表（Excel，含公式和图表）。", _aggregate, page="汇总并出报告"
)
report = Operation(
    "report",
    "生成评价报告",
    "生成评价报告（Word）：整体报告完整版和简版、整体核查报告、各项目报告；可存为编号的一稿。",
    _report,
    (
        Parameter(
            "pages",
            Kind.FLAG,
            "目录印页码",
            "目录必须印页码，没有 LibreOffice 就不生成",
            "--pages",
            default=False,
        ),
        Parameter(
            "final", Kind.FLAG, "终稿", "三级签字齐全、复核意见全部关闭才出，并存为终稿", "--final", default=False
        ),
        Parameter(
            "pdf", Kind.FLAG, "另存 PDF", "同时转为 PDF（由 LibreOffice 排版，每份约2秒）", "--pdf", default=False
        ),
        Parameter(
            "draft",
            Kind.CHOICE,
            "存稿",
            "存为一稿并编号（封面印稿次）：征求意见稿、送审稿；终稿与 --final 相同",
            "--draft",
            choices=_STAGES,
        ),
    ),
    page="汇总并出报告",
)
report_compare = Operation(
    "report compare",
    "对比两稿",
    "对比两稿：哪些数字、哪些文字有变化，列成一个工作簿；不写为最近两稿，只存过一稿时与现稿对比。",
    _compare,
    (
        Parameter("old", Kind.TEXT, "旧稿", "编号（1）或稿次（征求意见稿）"),
        Parameter("new", Kind.TEXT, "新稿", "编号、稿次或“现稿”（报告文件夹里现在的报告）"),
    ),
    page="汇总并出报告",
)
run = Operation(
    "run", "汇总并出报告", "汇总并出报告：读取收件箱、核查、评分、汇总、出报告，一次完成。", _run, (ON_CLUSTER,)
)
status = Operation(
    "status", "进度", "查看进度：每个项目是否下发、报送、退回、待更正、得分，各单位的整改进度。", _status, changes=False
)
verify = Operation(
    "verify",
    "复核成果",
    "复核成果：报告里的数与汇总总表一致，总表里的分与重新计算一致，台账未被改动。",
    _verify,
    changes=False,
    settled=True,
)
open_master = Operation(
    "open",
    "打开汇总总表",
    "打开汇总总表：本机有 Excel 时由 Excel 打开并重新计算，否则用系统默认程序（如 WPS）。",
    _open,
    changes=False,
    page="汇总并出报告",
)
export = Operation(
    "export",
    "导出各表",
    "把汇总总表的各表导出为 CSV（Excel、WPS 可直接打开），供进一步分析。",
    _export,
    (Parameter("folder", Kind.FOLDER, "文件夹", "导出到哪个文件夹", required=True),),
    changes=False,
)
ledger_export = Operation(
    "ledger export",
    "导出台账",
    "把台账导出为 Excel 文件，可直接报送存档。",
    _ledger_export,
    (Parameter("file", Kind.NEW_FILE, "文件", "导出为哪个 .xlsx 文件", required=True),),
    changes=False,
)
ledger_verify = Operation(
    "ledger verify",
    "校验台账",
    "校验台账：有无事件或原件被改动、删除或调换。",
    _ledger_verify,
    (Parameter("anchor", Kind.TEXT, "条数:校验值", "打印或另存的台账回执（台账回执.txt 中的一行）", "--anchor"),),
    changes=False,
    settled=True,
    page="归档",
)
ledger_move = Operation(
    "ledger move",
    "搬移台账",
    "把台账搬到 PostgreSQL 服务器（多人共用一份），或搬回本机；逐条照搬，校验链不变。",
    _ledger_move,
    (Parameter("address", Kind.TEXT, "地址", "postgresql://用户@服务器:端口/数据库，或“本机”", required=True),),
    page="归档",
)
