"""The command that proof-reads reports."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from toolkit.cli.options import AsJson
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

if TYPE_CHECKING:
    from rich.table import Table

app = App()
_SHOWN = 40


@app.command()
def proof(
    files: Annotated[
        list[Path], typer.Argument(metavar="文件…", help="要校核的 .docx、.pdf、.xlsx、.txt 文件或文件夹")
    ],
    where: Annotated[
        Optional[Path], typer.Option("-w", "--workspace", metavar="文件夹", help="与这个评价工作区的数据核对")
    ] = None,
    out: Annotated[
        Optional[Path], typer.Option("--out", metavar="文件夹", help="结果写到哪个文件夹，默认在报告旁的“校核结果”")
    ] = None,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        paths = [str(path) for path in files]
        given = {"files": paths, "out": str(out) if out else None, "against": where is not None}
        done = carry_out(screen, "proof", where or Path(), **given)
        result: Any = done.result
        screen.show(done.values, lambda: _findings(result), lambda: _closing(result))
        leave_with(findings=not done.ok)


def _findings(result: Any) -> "Table | str":  # noqa: ANN401
    from rich.table import Table

    rows = [(name, finding) for name, item in result.files for _, finding in item.findings]
    if not rows:
        return ""
    table = Table("结论", "文件", "位置", "报告中的值", "应为或另一处的值", "说明")
    for name, finding in rows[:_SHOWN]:
        cells = (finding.verdict, name, finding.place, finding.found, finding.expected, finding.message)
        table.add_row(*map(str, cells))
    return table


def _closing(result: Any) -> str:  # noqa: ANN401
    lines = []
    for name, item in result.files:
        found = [str(finding.verdict) for _, finding in item.findings]
        counts = f"不一致 {found.count('不一致')} 处，疑似 {found.count('疑似')} 处"
        lines.append(f"{name}：{item.coverage}。{counts}。")
        lines += [f"  {note}" for note in item.notes]
        lines += [f"  规则“{title}”运行出错，其内容未核（{why}）" for title, why in item.broke]
    lines += [f"{name}：未能校核。{why}" for name, why in result.refused]
    lines += [f"已写出：{path}" for path in result.written]
    return "\n".join(lines)
