"""Draw every page of the window into ``docs/window``: light and dark at 100 and 200 %, some at 125 and 150 %; 1366×768.

``make screenshots`` makes the Nantong sample in a temporary folder first; with a folder as argument that one is drawn.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parents[1] / "docs" / "window"
SCALES = {"100": ("light", "dark"), "125": ("light",), "150": ("light",), "200": ("light", "dark")}
FEW = ("核查", "评分", "校核")
"""Pages drawn at the scales between: those with the most on them."""
COLOURS = 256
"""Enough for flat colours, the grey of letters and the few red and green words; a third of the size in full colour."""


def main() -> None:
    """Draw one look of all pages (called with scale and look), or start a process for each look."""
    if len(sys.argv) == 4:
        draw_look(sys.argv[1], sys.argv[2], dark=sys.argv[3] == "dark")
        return
    with tempfile.TemporaryDirectory() as folder:
        workspace = sys.argv[1] if len(sys.argv) > 1 else made_sample(Path(folder) / "南通2024绩效评价")
        for old in HERE.glob("*.png"):
            old.unlink()
        for scale, looks in SCALES.items():
            for look in looks:
                draw_apart(workspace, scale, look, Path(folder))


def made_sample(folder: Path) -> str:
    """The sample after one whole run."""
    subprocess.run([sys.executable, "-m", "toolkit", "demo", str(folder)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own program
    return str(folder)


def draw_apart(workspace: str, scale: str, look: str, settings: Path) -> None:
    """One process for each look: Qt reads the scale once, when it starts."""
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": str(int(scale) / 100),
        "XDG_CONFIG_HOME": str(settings / "settings"),
        "HOME": str(settings),  # pictures name no folder of the machine they were drawn on
    }
    subprocess.run([sys.executable, __file__, workspace, scale, look], check=True, env=environment)  # noqa: S603  this file


def draw_look(workspace: str, scale: str, *, dark: bool) -> None:
    """Draw all pages, then make the files small."""
    from toolkit.desktop.application import draw
    from toolkit.desktop.state.steps import NAMES

    look = "深色" if dark else "浅色"
    pages = [(number, page) for number, page in enumerate(NAMES, 1) if scale in ("100", "200") or page in FEW]
    pictures = {page: HERE / f"{number:02}-{page}-{look}-{scale}.png" for number, page in pages}
    if not draw(workspace, pictures, dark=dark):
        raise SystemExit("没有画成")
    for picture in pictures.values():
        with Image.open(picture) as drawn:
            drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)


if __name__ == "__main__":
    main()
