"""下发: the packages that lie in the evaluation's folder, a row for each unit, and what an operation made in words."""

import os
from pathlib import Path

from toolkit.desktop.state.result_words import STATES
from toolkit.operations import Json

_FOLDER = "02-下发包"
_LETTER, _FORM = "通知函.docx", ".xlsx"


def packages(workspace: str) -> list[Json]:
    """A row for each unit: its archive, its letter and how many forms, each path "" where the file is not there."""
    root = Path(workspace) / _FOLDER
    if not workspace or not root.is_dir():
        return []
    return [_package(root, entry.name) for entry in sorted(os.scandir(root), key=lambda e: e.name) if entry.is_dir()]


def _package(root: Path, unit: str) -> Json:
    names = [entry.name for entry in os.scandir(root / unit)]
    archive = root / f"{unit}.zip"
    letter = root / unit / _LETTER if _LETTER in names else None
    return {
        "unit": unit,
        "forms": sum(name.endswith(_FORM) for name in names),
        "archive": str(archive) if archive.is_file() else "",
        "archive_name": archive.name if archive.is_file() else "",
        "letter": str(letter) if letter else "",
        "letter_name": letter.name if letter else "",
    }


def generated_words(values: Json) -> str:
    """What operation ``generate`` came to."""
    made, changed = len(values["files"]), values["changed"]
    return f"采集表共 {made} 份，本次新写 {changed} 份，在“01-采集表”文件夹；按“生成并打包下发”打包给单位。"


def to_send(values: Json) -> int:
    """How many mails a dry run would send: those of units without an address are not among them."""
    return sum(mail["state"] == "ready" for mail in mail_rows(values))


def mail_rows(values: Json) -> list[Json]:
    """The mails, what became of each in a word, and beside it what the server answered or what is wrong."""
    mails = values.get("mail", {}).get("mails", ())
    return [{**mail, "words": STATES.get(mail["state"], mail["state"]), "answer": mail["words"]} for mail in mails]


def sent_words(values: Json) -> str:
    """What operation ``send`` came to: packages, drafts or mails; a dry run packs nothing."""
    packed = values.get("packages")
    parts = (
        [f"下发包 {len(packed)} 个，每个单位一个压缩包和一封通知函，在“02-下发包”文件夹"] if packed is not None else []
    )
    mails = mail_rows(values)
    counts: dict[str, int] = {}
    for mail in mails:
        counts[mail["words"]] = counts.get(mail["words"], 0) + 1
    if counts:
        parts.append(f"邮件 {len(mails)} 封：" + "、".join(f"{words} {count}" for words, count in counts.items()))
    return "；".join(parts) + "。" + str(values.get("warning", ""))
