"""``jixiao://`` links made known to the system, for the present user only; the set-up asks for it."""

import os
import subprocess
import sys
from pathlib import Path

from toolkit.desktop.state.linking import SCHEME
from toolkit.processes import is_installed_program

_FILE = "jixiao.desktop"


def command() -> list[str]:
    """What opens the window; the link goes behind it."""
    if is_installed_program():
        return [str(Path(sys.executable).with_name("jixiao.exe" if os.name == "nt" else "jixiao"))]
    return [sys.executable, "-P", "-m", "toolkit.desktop"]


def register() -> str:
    """Make the links known; where that stands.

    Raises:
        OSError: the system refuses it.
    """
    return _in_registry() if sys.platform == "win32" else _in_menu()


def _in_menu() -> str:
    """A menu entry that takes the links (freedesktop.org, Desktop Entry Specification 1.5)."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    file = home / "applications" / _FILE
    words = " ".join(f'"{word}"' for word in command())
    lines = ("[Desktop Entry]", "Type=Application", "Name=绩效核查工作台", f"Exec={words} %u",
             f"MimeType=x-scheme-handler/{SCHEME};", "Categories=Office;", "Terminal=false")  # fmt: skip
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    try:
        subprocess.run(["xdg-mime", "default", _FILE, f"x-scheme-handler/{SCHEME}"], check=False)  # noqa: S603, S607
    except FileNotFoundError:
        return f"{file}（没有 xdg-mime，链接由桌面环境按这个文件识别）"
    return str(file)


def _in_registry() -> str:
    """Keys of the present user, no administrator needed; not tried on Windows here.

    Source: Microsoft, Registering an Application to a URI Scheme.
    """
    import winreg

    place = rf"Software\Classes\{SCHEME}"
    words = " ".join(f'"{word}"' for word in command())
    values = {place: ("", "URL:绩效核查工作台"), rf"{place}\shell\open\command": ("", f'{words} "%1"')}
    for key, (name, value) in values.items():
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:  # type: ignore[attr-defined,unused-ignore]
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)  # type: ignore[attr-defined,unused-ignore]
            if key == place:
                winreg.SetValueEx(opened, "URL Protocol", 0, winreg.REG_SZ, "")  # type: ignore[attr-defined,unused-ignore]
    return rf"HKEY_CURRENT_USER\{place}"
