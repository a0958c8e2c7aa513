"""openpyxl is loaded without numpy, which can be loaded afterwards as ever."""

import subprocess
import sys

_WORK = """
import sys
from io import BytesIO
from toolkit.excel.loaded import empty, loaded
book = empty()
book.active["A1"] = 2.5
file = BytesIO()
book.save(file)
assert loaded(file.getvalue()).active["A1"].value == 2.5
assert "numpy" not in sys.modules
import pandas
again = BytesIO()
pandas.DataFrame({"甲": [1, 2], "乙": [1.5, None]}).to_excel(again, index=False, engine="openpyxl")
assert loaded(again.getvalue()).active["B2"].value == 1.5
"""


def test_openpyxl_does_not_load_numpy_and_pandas_writes_with_it_later():
    done = subprocess.run([sys.executable, "-c", _WORK], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


_BESIDE = """
import sys, threading
from toolkit.excel.loaded import empty
ended = threading.Event()
beside = threading.Thread(target=ended.wait)
beside.start()
empty()
ended.set()
beside.join()
assert "numpy" in sys.modules, "openpyxl loaded it as ever"
"""


def test_numpy_is_not_kept_from_another_thread():
    done = subprocess.run([sys.executable, "-c", _BESIDE], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
