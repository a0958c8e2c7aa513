"""The drawing of the data's way is the one its command makes, and every stage of the program stands in it."""

import runpy
import tomllib
from pathlib import Path

from toolkit import resources

ROOT = Path(resources.__file__).parents[1]
SCRIPT = runpy.run_path(str(ROOT / "samples" / "make_data_path.py"))


def test_the_drawing_is_as_its_command_makes_it() -> None:
    assert (ROOT / "docs" / "数据流.svg").read_text(encoding="utf-8") == SCRIPT["drawing"]()


def test_every_stage_is_drawn() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    stages = next(layer for contract in contracts for layer in contract.get("layers", ()) if "scheme |" in layer)
    drawn = {package for *_, package in SCRIPT["BOXES"].values() if package}
    assert {stage.strip() for stage in stages.split("|")} <= drawn
    assert all((ROOT / "toolkit" / package).is_dir() for package in drawn)


def test_every_arrow_joins_boxes() -> None:
    assert {name for pair in SCRIPT["ARROWS"] for name in pair.split()} <= SCRIPT["BOXES"].keys()
