"""What the project ships beside its code: pins, licence, types, and instructions that are still true."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

from toolkit.rules import KINDS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    text = (ROOT / ".ci/constraints.txt").read_text("utf-8")
    return {canonical(name): pin for name, pin in re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.MULTILINE)}


@pytest.mark.parametrize("library", ["docxtpl", "python-pptx", "typer"])
def test_a_library_of_which_private_parts_are_used_is_pinned_below_its_next_minor(library: str):
    (line,) = (line for line in PROJECT["project"]["dependencies"] if line.startswith(f"{library}>="))
    major, minor, *_ = version(library).split(".")
    assert line.endswith(f",<{major}.{int(minor) + 1}")


def test_the_wheel_carries_types_and_licence():
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert "toolkit" in wheel["only-include"]
    assert (ROOT / "toolkit/py.typed").exists()
    assert PROJECT["project"]["license-files"] == ["LICENSE"]
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")


def test_hooks_call_the_projects_own_tools_and_no_address():
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert "://" not in text
    assert all(entry.startswith(".venv/bin/") for entry in re.findall(r"entry: (\S+)", text))


def test_the_files_that_the_instructions_name_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:toolkit|tests|docs|doc_templates|\.ci)/[\w./]+)`", text)
    made_up = [name for name in named if "新" in name or "new_report" in name]
    assert len(named) - len(made_up) > 12
    assert [name for name in named if name not in made_up and not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "heading",
    [
        "增加一个检查项：4 个文件",
        "增加一种评分规则：5 个文件",
        "增加一种报告：6 个文件",
        "增加窗口的一页：3 个文件",
        "增加一条校核规则：2 个文件",
    ],
)
def test_the_number_of_files_is_the_number_listed(heading: str):
    _, _, after = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition(f"## {heading}\n")
    steps = re.findall(r"^[0-9]+\. ", after.partition("\n## ")[0], re.MULTILINE)
    assert len(steps) == int(re.findall(r"[0-9]+", heading)[0])


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_kind_has_the_files_it_is_said_to_need(kind: str):
    module = KINDS[kind].__module__.rpartition(".")[2]
    assert (ROOT / f"tests/rules/cases/{module}.md").exists()
    starter = (ROOT / "toolkit/scheme/starter.py").read_text("utf-8")
    assert f"| {KINDS[kind].label} |" in starter


def test_every_component_that_is_asked_for_is_pinned():
    project = PROJECT["project"]
    asked = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    names = {canonical(re.match(r"[\w.-]+", requirement)[0]) for requirement in asked}
    assert names - set(pins()) == set()


def test_every_locked_component_is_pinned_as_in_the_constraints_and_has_hashes():
    locked = (ROOT / ".ci/locked.txt").read_text("utf-8")
    entries = re.findall(
        r"^([\w.-]+)==(\S+)[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}[ \\]*\n?)+)", locked, re.MULTILINE
    )
    pinned = pins()
    assert len(entries) == len(re.findall(r"^[\w.-]+==", locked, re.MULTILINE)) > 30
    assert {name: version for name, version, _ in entries if pinned.get(name, version) != version} == {}


def test_the_map_of_the_code_names_files_and_folders_that_are_there():
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("|"))
    named = set(re.findall(r"`([\w./-]+(?:/|\.(?:py|md|csv|xlsx|yml|spec)))`", rows, re.ASCII))
    assert len(named) > 250
    there = {
        str(path.relative_to(ROOT)) for folder in (ROOT / "toolkit", *ROOT.iterdir()) if folder.name not in UNREAD
        for path in ([folder, *folder.rglob("*")] if folder.is_dir() else [folder])
    }  # fmt: skip
    ends = {path[at:] for path in there for at in [0, *(match.end() for match in re.finditer("/", path))]}
    assert [name for name in sorted(named) if name.rstrip("/") not in ends] == []


UNREAD = {".git", ".venv", "dist", "build", "demo-output"}


def test_the_layers_that_are_told_are_those_that_are_checked():
    _, _, after = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("## Layers")
    told = after.partition("\n## ")[0]
    lines = [set(re.findall(r"\w+", line)) for line in re.findall(r"^\d+\. .*", told, re.MULTILINE)]
    checked = next(one for one in PROJECT["tool"]["importlinter"]["contracts"] if one.get("containers") == ["toolkit"])
    layers = [set(layer.split(" | ")) for layer in checked["layers"]]
    *upper, resources, last = layers
    assert len(lines) == len(upper) + 1
    missing = [layer - line for layer, line in zip([*upper, resources | last], lines, strict=True)]
    assert missing == [set()] * len(lines)
