"""Commands about the people of an evaluation."""

from typing import Any

from toolkit.cli import tables
from toolkit.cli.options import HERE, AsJson, Where
from toolkit.cli.screen import carry_out, face, leave_with
from toolkit.cli.usage import App

app = App("人员：工作组、回避、人员变更。")


@app.command(help="生成工作组.xlsx，分工已按项目清单列出；承诺书、同意文件等放入“人员材料”文件夹。")
def new(where: Where = HERE, as_json: AsJson = False) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "people new", where)
        screen.show(done.values, lambda: f"已生成：{done.result}\n填写后运行 jixiao people check 核对。")


@app.command(help="核对工作组.xlsx：分工、承诺书、回避、人员变更、披露、里程碑、付款，一次列出并指明单元格。")
def check(where: Where = HERE, as_json: AsJson = False) -> None:
    with face(as_json=as_json) as screen:
        done = carry_out(screen, "people check", where)
        checked: Any = done.result
        screen.show(done.values, lambda: _counted(checked), lambda: tables.findings(checked.findings))
        leave_with(findings=not done.ok)


def _counted(checked: Any) -> str:  # noqa: ANN401  (the operation's own result)
    team = checked.team
    return f"成员{len(team.members)}人，已分工{checked.as_json()['assigned']}个项目，须回避{len(team.blocked)}人次。"
