"""Operations of the window's page 设置: what stands on sheet 方案, and the mail accounts of this computer's user."""

import os

from toolkit.operations.declaration import Asked, BadRequest, Done, Kind, Operation, Parameter


def _settings(asked: Asked) -> Done:
    from toolkit.pipeline.plan.setting_rows import settings_of
    from toolkit.pipeline.plan.workspace import Workspace

    shown = settings_of(Workspace.open(asked.workspace))
    return Done(shown.as_json(), result=shown)


def _change(asked: Asked) -> Done:
    from toolkit.pipeline.plan.setting_rows import change_settings
    from toolkit.pipeline.plan.workspace import Workspace

    wanted = {str(row.get("name", "")): str(row.get("value", "")) for row in asked["settings"]}
    changed = change_settings(Workspace.open(asked.workspace), wanted)
    return Done(changed.as_json(), changed.ok, changed)


def _try_mail(asked: Asked) -> Done:  # noqa: ARG001
    from toolkit.pipeline.dispatch.mail_accounts import try_accounts

    tried = try_accounts(os.environ)
    return Done(tried.as_json(), tried.ok, tried)


def _keep_password(asked: Asked) -> Done:
    from toolkit.pipeline.dispatch.mail_accounts import keep

    if not (asked["user"] and asked["password"]):
        raise BadRequest("请填写邮箱用户名和口令（授权码）")
    return Done({"kept": keep(asked["kind"], asked["user"], asked["password"])})


SETTINGS = (
    Operation(
        "view settings", "评价设置", "方案.xlsx《方案》中的设置。", _settings, changes=False, on_command_line=False
    ),
    Operation(
        "settings change",
        "修改设置",
        "把改过的设置写回方案.xlsx；会使方案出错的不写，并指出哪里不对。",
        _change,
        (Parameter("settings", Kind.ROWS, "设置", "每项的名称和内容", required=True),),
        on_command_line=False,
    ),
    Operation(
        "view mail try",
        "测试邮箱",
        "登录发件、收件服务器再退出，不发送也不读取邮件。",
        _try_mail,
        in_workspace=False,
        changes=False,
        on_command_line=False,
    ),
    Operation(
        "view mail keep",
        "保存口令",
        "把邮箱口令存入系统钥匙串。",
        _keep_password,
        (
            Parameter("kind", Kind.CHOICE, "哪个邮箱", "发件或收件", required=True, choices=("smtp", "imap")),
            Parameter("user", Kind.TEXT, "用户名", "邮箱用户名", required=True),
            Parameter("password", Kind.TEXT, "口令", "口令（授权码）", required=True),
        ),
        in_workspace=False,
        changes=False,
        on_command_line=False,
    ),
)
