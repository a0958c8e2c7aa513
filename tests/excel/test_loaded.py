"""Openpyxl is loaded without numpy, which stays there for whoever asks for it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = """
import sys
from toolkit import resources
from toolkit.excel.loaded import loaded
book = loaded(resources.template_path("采集表模板.xlsx").read_bytes())
print(len(book.worksheets) > 3, any(name.split(".")[0] == "numpy" for name in sys.modules))
import numpy
print(numpy.zeros(1).sum())
"""


def test_openpyxl_is_loaded_without_numpy_and_numpy_afterwards_where_it_is_asked_for():
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, check=True, cwd=ROOT, env=os.environ, text=True
    )
    assert done.stdout.split() == ["True", "False", "0.0"]
