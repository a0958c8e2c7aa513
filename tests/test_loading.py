"""Packages that import their modules when asked: who checks types and who runs the program get the same names."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

PACKAGES = ("toolkit.pipeline", "toolkit.collect")


def checked_and_given(package: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(module, name) of every import for the checker of types, and of every name given when asked."""
    tree = ast.parse(Path(import_module(package).__file__).read_text("utf-8"))
    (choice,) = (node for node in tree.body if isinstance(node, ast.If))
    checked = {(node.module, alias.asname) for node in choice.body for alias in node.names}
    homes = ast.literal_eval(choice.orelse[0].value.args[1])
    return checked, {(module, name) for module, names in homes.items() for name in names.split(", ")}


@pytest.mark.parametrize("package", PACKAGES)
def test_the_names_are_those_whose_types_are_checked(package: str):
    checked, given = checked_and_given(package)
    assert checked == given
    for module, name in given:
        assert getattr(import_module(package), name) is getattr(import_module(module), name)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_name_that_is_not_there_is_told_as_by_any_module(package: str):
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'nothing'"):
        _ = import_module(package).nothing


def test_a_module_is_imported_when_its_name_is_asked_for_and_not_before():
    program = """
import sys
from toolkit import collect
before = "toolkit.collect.unzip" in sys.modules
collect.CannotUnpackError
print(before, "toolkit.collect.unzip" in sys.modules, "CannotUnpackError" in vars(collect))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True"]
