"""``jixiao survey``: import answers of a questionnaire, sample sizes."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App
from toolkit.text import percent

if TYPE_CHECKING:
    from rich.console import RenderableType

app = App("问卷：导入答卷并计入指标，计算样本量。")


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(metavar="文件", help="从问卷平台导出的答卷文件（.xlsx、.xls、.csv）")],
    survey: Annotated[
        str, typer.Option("--survey", metavar="问卷编号", help="方案《问卷》中的编号；只有一份的不用写")
    ] = "",
    project: Annotated[
        str, typer.Option("--project", metavar="项目序号", help="哪个项目的问卷；文件有项目列的不用写")
    ] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "survey import", where, file=str(file), survey=survey, project=project)
        made: Any = done.result
        screen.show(done.values, lambda: _results(made), lambda: tables.findings(made.findings), lambda: _files(made))
        leave_with(findings=not done.ok)


@app.command("sample-size")
def sample_size(
    population: Annotated[
        str, typer.Option("--population", metavar="总体数", help="调查对象的总人数；不写时按方案《问卷》")
    ] = "",
    confidence: Annotated[str, typer.Option("--confidence", metavar="置信水平", help="默认 95%")] = "",
    margin: Annotated[str, typer.Option("--margin", metavar="允许误差", help="默认 5%")] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(
            screen, "survey sample-size", where, population=population, confidence=confidence, margin=margin
        )
        made: Any = done.result
        rows = [
            (code, group, str(people or "不详"), percent(sure, 0), percent(far, 1), str(size))
            for code, group, people, sure, far, size in made.rows
        ]
        headings = ("问卷", "调查对象", "总体数", "置信水平", "允许误差", "所需样本")
        screen.show(done.values, lambda: tables.table("所需样本量", headings, rows))


def _results(made: Any) -> "RenderableType":  # noqa: ANN401  (the result of the operation)
    if not made.results:
        return "没有导入：请先按下列问题改正。"
    rows = [
        (
            result.project, str(result.received), str(len(result.removed)), str(result.valid), str(result.needed),
            *(_rate(rate) for rate in result.rates.values()),
        )
        for result in made.results
    ]  # fmt: skip
    headings = ("项目", "收到", "剔除", "有效", "所需样本", "满意率（区间）", "均值（区间）")
    counted = f"；计入指标{made.survey.indicator}（按{made.survey.definition}）" if made.entered else ""
    return tables.table(f"问卷{made.survey.code}{counted}", headings, rows)


def _rate(rate: Any) -> str:  # noqa: ANN401
    if rate.value is None:
        return "—"
    return f"{percent(rate.value)}（{percent(rate.low)}至{percent(rate.high)}）"


def _files(made: Any) -> "RenderableType":  # noqa: ANN401
    files = [path for path in (made.workbook, made.mapping) if path]
    return tables.written(files) if files else ""
