"""The mail accounts of this computer's user, without their passwords: those belong to the system's keyring."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

KINDS = MappingProxyType({"smtp": "发件", "imap": "收件"})
FIELDS = MappingProxyType({
    "host": "服务器", "port": "端口", "security": "加密", "user": "用户名", "from": "发件地址", "folder": "文件夹",
})  # fmt: skip
SECURITIES = MappingProxyType({"ssl": "SSL（常用）", "starttls": "STARTTLS", "none": "不加密（仅限本机中继）"})
_ONLY = MappingProxyType({"from": "smtp", "folder": "imap"})
Account = dict[str, str]


def fields_of(kind: str) -> tuple[str, ...]:
    """The fields an account of a kind has."""
    return tuple(name for name in FIELDS if _ONLY.get(name, kind) == kind)


@dataclass(slots=True)
class MailAccounts:
    """Both accounts, kept in the user's settings folder.

    Attributes:
        passwords: by kind, for this session only; what is kept beyond it is kept by the system.
    """

    file: Path
    accounts: dict[str, Account] = field(default_factory=dict)
    passwords: dict[str, str] = field(default_factory=dict)

    def load(self) -> None:
        """Read what was kept; a damaged or missing file holds nothing."""
        try:
            known = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        kept = known if isinstance(known, dict) else {}
        self.accounts = {kind: _texts(kept.get(kind)) for kind in KINDS}

    def save(self) -> str:
        """Keep the accounts; why they could not be kept, "" where they are."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_text(json.dumps(self.accounts, ensure_ascii=False, indent=1), encoding="utf-8")
        except OSError as fault:
            return f"邮箱设置没有保存：{fault.strerror}"
        return ""

    def environment(self, known: Mapping[str, str]) -> dict[str, str]:
        """What the engine is given; a variable that is set on this computer already stands."""
        made: dict[str, str] = {}
        for kind, account in self.accounts.items():
            if account.get("host"):
                made |= {f"JIXIAO_{kind}_{name}".upper(): value for name, value in account.items() if value}
                made |= {f"JIXIAO_{kind}_PASSWORD".upper(): self.passwords[kind]} if self.passwords.get(kind) else {}
        return {name: value for name, value in made.items() if not known.get(name)}


def _texts(account: object) -> Account:
    if not isinstance(account, dict):
        return {}
    return {str(name): str(value) for name, value in account.items() if name in FIELDS and isinstance(value, str)}


def tried_words(accounts: list[dict[str, str]]) -> tuple[str, bool]:
    """What the test of the accounts came to, and whether all work."""
    if not accounts:
        return "还没有填写服务器。", False
    lines = [f"{each['name']}：{each['fault'] or '登录成功'}" for each in accounts]
    return "\n".join(lines), not any(each["fault"] for each in accounts)
