"""``jixiao scheme``: begin a scheme workbook, import one, check it, explain it, compare two."""

from pathlib import Path
from typing import Annotated, Optional

import typer

from toolkit.cli import scheme_pages, tables
from toolkit.cli.options import AsJson
from toolkit.cli.screen import face, leave_with
from toolkit.cli.usage import App

app = App("指标体系（方案工作簿）：新建、导入、检查、解读、比较。")
File = Annotated[Path, typer.Argument(metavar="文件", help="方案工作簿")]


@app.command("new", help="新建一份带说明和下拉列表的方案工作簿，每种评分规则一个示例，改成自己的即可。")
def new(
    file: Annotated[Path, typer.Argument(metavar="文件", help="新文件，例如 方案.xlsx")], as_json: AsJson = False
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        made = pipeline.new_scheme(file)
        screen.show({"file": str(made)}, lambda: f"已写好：{made}。改好以后运行 jixiao scheme check {made.name}")


@app.command("import", help="从 Word、Excel、PDF 里的指标表做方案：先看理解成什么，写明新文件时才写出。")
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


@app.command("check", help="检查方案工作簿，一次列出全部问题及所在单元格；方案里的算例逐条验算。")
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


@app.command("explain", help="把方案印成报告附件里的指标表；--indicator 另给出一个指标的公式、算例和得分曲线。")
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


@app.command("diff", help="比较两份方案：改了什么，会影响哪些指标的得分。")
def diff(
    before: Annotated[Path, typer.Argument(metavar="原来的方案", help="方案工作簿")],
    after: Annotated[Path, typer.Argument(metavar="现在的方案", help="方案工作簿")],
    as_json: AsJson = False,
) -> None:
    from toolkit import pipeline

    with face(as_json=as_json) as screen:
        compared = pipeline.diff_schemes(before, after)
        screen.show(compared.as_json(), lambda: scheme_pages.stamps(compared), lambda: scheme_pages.changes(compared))
