"""Parts of the toolkit that are installed by themselves: advice a user can follow, with Python and without."""

import sys

import pytest

from toolkit.pipeline.verdict import SecondOpinion
from toolkit.processes import is_installed_program, to_have


@pytest.mark.parametrize("part", ["referee", "cluster", "server"])
def test_with_python_the_part_is_installed(part):
    assert not is_installed_program()
    assert to_have(part) == f"运行 pip install 'jixiao-toolkit[{part}]'"


def test_to_the_installed_program_nothing_can_be_added(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    words = SecondOpinion("").words
    assert to_have("referee") in words
    assert "安装版不能加装" in words
    assert "装有 Python 的电脑" in words
