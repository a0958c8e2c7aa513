"""The command of field work."""

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App()


@app.command()
def fieldwork(
    paths: Annotated[
        Optional[list[Path]], typer.Argument(metavar="路径…", help="填好的底稿或其文件夹；不给时生成底稿")
    ] = None,
    projects: Annotated[
        str, typer.Option("--projects", metavar="项目序号", help="只生成这些项目的，如 1、2、5-9；不写为全部")
    ] = "",
    method: Annotated[
        str, typer.Option("--method", metavar="方法", help="抽样方法：简单随机、等距、分层、金额加权")
    ] = "简单随机",
    size: Annotated[str, typer.Option("--size", metavar="项数", help="每个项目抽取几项，默认15")] = "15",
    seed: Annotated[
        str, typer.Option("--seed", metavar="种子", help="抽样种子，默认用评价标识；同一种子抽得同一结果")
    ] = "",
    where: Where = HERE,
    as_json: AsJson = False,
) -> None:
    with face(as_json=as_json) as screen:
        given = [str(path) for path in paths or ()]
        done = carry_out(
            screen, "fieldwork", where, paths=given, projects=projects, method=method, size=size, seed=seed
        )
        made: Any = done.result
        if given:
            screen.show(done.values, lambda: _taken(made), lambda: tables.findings(made.findings))
        else:
            screen.show(done.values, lambda: f"已生成现场核查底稿{len(made.files)}份：{made.folder}")
        leave_with(findings=not done.ok)


def _taken(made: Any) -> str:  # noqa: ANN401  (the operation's own result)
    words = "项目{project} {label}：填报{reported}，核定{verified}（差异{difference}）"
    lines = [words.format(**value) for value in made.values if value["difference"]]
    counts = f"核定{len(made.values)}项，其中与填报一致{made.agreed}项，新记入台账{made.new}项。"
    return "\n".join([*lines, counts])
