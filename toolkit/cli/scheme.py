"""``jixiao scheme``: begin a scheme workbook, import one, check it, explain it, compare two."""

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from toolkit.cli import library_pages, scheme_pages, tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App("指标体系（方案工作簿）：新建、导入、检查、解读、比较。")
ProjectKind = Annotated[str, typer.Option("--kind", metavar="类别", help="项目类别：共性、建设类、运维类、服务采购类")]
Dimension = Annotated[
    str, typer.Option("--dimension", metavar="一级指标", help="只要一个一级指标的：决策、过程、产出、效益")
]
Like = Annotated[str, typer.Option("--like", metavar="词", help="名称、解释或依据里有这些词的，多个用空格分开")]
OwnLibrary = Annotated[
    Optional[Path], typer.Option("--library", metavar="指标库", help="自己的指标库工作簿；不给时用程序自带的")
]
File = Annotated[Path, typer.Argument(metavar="文件", help="方案工作簿")]


@app.command("new")
def new(  # noqa: PLR0913, PLR0917  (every option of the command)
    file: Annotated[Path, typer.Argument(metavar="文件", help="新文件，例如 方案.xlsx")],
    kind: ProjectKind = "",
    dimension: Dimension = "",
    like: Like = "",
    pick: Annotated[
        str,
        typer.Option("--pick", metavar="编号=分值", help="点名选用的指标，例如 A01=3、B02；不写分值的自动分配"),
    ] = "",
    without: Annotated[str, typer.Option("--without", metavar="编号", help="不要的指标，例如 A07、B09")] = "",
    marks: Annotated[
        str,
        typer.Option("--marks", metavar="名=分值", help="写明的分值，例如 决策=15、A01=3；其余按常用分值分配"),
    ] = "",
    library: OwnLibrary = None,
    title: Annotated[str, typer.Option("--title", metavar="文字", help="评价名称")] = "",
    client: Annotated[str, typer.Option("--client", metavar="名称", help="委托单位")] = "",
    evaluator: Annotated[str, typer.Option("--evaluator", metavar="名称", help="评价机构")] = "",
    year: Annotated[str, typer.Option("--year", metavar="年", help="评价年度，例如 2025")] = "",
    as_json: AsJson = False,
) -> None:
    filters = {"kind": kind, "dimension": dimension, "like": like, "library": _text(library)}
    picked = {"pick": pick, "without": without, "marks": marks}
    named = {"title": title, "client": client, "evaluator": evaluator, "year": year}
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "scheme new", Path(), file=str(file), **filters, **picked, **named)
        made: Any = done.result
        screen.show(done.values, lambda: library_pages.made(made), lambda: library_pages.chosen(made))


@app.command("library")
def library(
    kind: ProjectKind = "",
    dimension: Dimension = "",
    like: Like = "",
    library: OwnLibrary = None,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(
            screen, "scheme library", Path(), kind=kind, dimension=dimension, like=like, library=_text(library)
        )
        listed: Any = done.result
        screen.show(done.values, lambda: library_pages.indicators(listed))


def _text(path: Path | None) -> str:
    return str(path) if path else ""


@app.command("import")
def import_table(
    file: Annotated[Path, typer.Argument(metavar="文件", help="有指标表的 .docx、.xlsx、.pdf 或 .txt")],
    to: Annotated[
        Optional[Path], typer.Argument(metavar="新方案", help="写成的方案工作簿，例如 方案.xlsx；不写只预览")
    ] = None,
    table: Annotated[int, typer.Option("--table", metavar="表号", help="文件里第几个表；不写取指标最多的表")] = 0,
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        made = pipeline.import_scheme(file, to, table)
        screen.show(made.as_json(), lambda: scheme_pages.imported(made), lambda: scheme_pages.import_summary(made))


@app.command("check")
def check(file: File, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        verdict = pipeline.check_scheme(file)
        screen.show(verdict.as_json(), lambda: tables.verdict(verdict), lambda: tables.findings(verdict.findings))
        leave_with(findings=not verdict.ok)


@app.command("problems", help="把问题与建议库加进方案：新增《问题与建议》《结果应用》两张表，已有内容的表不动。")
def problems(file: File, as_json: AsJson = False) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        added = pipeline.add_problems(file)
        said = (
            f"已加入{'、'.join(f'《{name}》' for name in added.sheets)}，{added.rows}行中{added.fitting}行适用并已启用"
        )
        screen.show(added.as_json(), lambda: said if added.sheets else "两张表都已有内容，没有改动")


@app.command("explain")
def explain(
    file: File,
    indicator: Annotated[str, typer.Option("--indicator", metavar="编号", help="指标编号，如 B102")] = "",
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        said = pipeline.explain_scheme(file, indicator)
        one, places = said.one, said.scheme.score_places
        if one is None:
            screen.show(said.as_json(), lambda: scheme_pages.indicator_table(said))
        else:
            screen.show(
                said.as_json(), lambda: scheme_pages.rule_card(one, places), lambda: scheme_pages.curve(one, places)
            )


@app.command("diff")
def diff(
    before: Annotated[Path, typer.Argument(metavar="原来的方案", help="方案工作簿")],
    after: Annotated[Path, typer.Argument(metavar="现在的方案", help="方案工作簿")],
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        compared = pipeline.diff_schemes(before, after)
        screen.show(compared.as_json(), lambda: scheme_pages.stamps(compared), lambda: scheme_pages.changes(compared))


@app.command("migrate")
def migrate(
    paths: Annotated[
        Optional[list[Path]],
        typer.Argument(metavar="路径…", help="旧版采集表：文件、文件夹或压缩包；不给时读取收件箱"),
    ] = None,
    to: Annotated[
        Optional[Path],
        typer.Option("--to", metavar="文件夹", help="新采集表和日志放在哪里；不给时放在工作区的“迁移”文件夹"),
    ] = None,
    renamed: Annotated[
        str,
        typer.Option(
            "--renamed",
            metavar="编码",
            help="换了编码的指标，经人确认的：旧编码=现行编码，如 A101=A103、A102=A104；不给时只列出，不带入",
        ),
    ] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        given = {"paths": list(map(str, paths or ())), "to": _text(to), "renamed": renamed}
        done = carry_out(screen, "scheme migrate", where, **given)
        made: Any = done.result
        screen.show(done.values, lambda: library_pages.migrated(made), lambda: library_pages.left_behind(made))
        leave_with(findings=not done.ok)
