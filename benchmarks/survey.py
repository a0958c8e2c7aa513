"""Ten thousand answer sheets of a questionnaire through ``jixiao survey import``, in the formats platforms export.

Prints for each format what the whole command took, from its start to its end: CPU time with its processes, and elapsed
time (the same or less where two processors are idle); then what the command says its work took from the file to the
workbook and the ledger. Each is the least of several rounds after the plan was read by an earlier command, as in every
workspace whose scheme was checked; the first command in a workspace, which reads the plan as well, stands apart.
Goal: 1 second for the whole command.

    python benchmarks/survey.py
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import openpyxl

from tests.survey.exports import DEGREES, csv_text, drawn, page, rows_of, xlsx
from toolkit.pipeline import initialise

SHEETS, ROUNDS = 10_000, 4
SURVEY = (
    ("问卷编号", "指标编号", "调查对象", "总体数", "满意度口径", "剔除", "最短用时"),
    ("W1", "D402", "窗口人员", 1_200_000, "均值", "同一账号重复、缺答、用时过短", 22),
)
QUESTIONS = (
    ("问卷编号", "题号", "题目", "题型", "选项", "计入满意度", "分组"),
    ("W1", "1", "您对系统总体是否满意？", "量表", "、".join(DEGREES), "是", ""),
    ("W1", "2", "您对响应速度是否满意？", "量表", "、".join(DEGREES), "是", ""),
    ("W1", "3", "您使用哪些功能？", "多选", "查询、申报、统计", "", ""),
    ("W1", "4", "请按常用程度排序", "排序", "查询、申报、统计", "", ""),
    ("W1", "5", "您主要从哪里办理？", "单选", "窗口、网站、手机端、其他", "", "是"),
)


def with_survey(scheme: Path) -> None:
    """Add the questionnaire to a scheme workbook."""
    book = openpyxl.load_workbook(BytesIO(scheme.read_bytes()))
    for name, rows in (("问卷", SURVEY), ("问卷题目", QUESTIONS)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(scheme)


def exports(folder: Path) -> list[Path]:
    """The same answers in four formats."""
    texts, codes = (rows_of(drawn(SHEETS, 1), codes=codes) for codes in (False, True))
    files = {"选项文本.xlsx": xlsx(texts), "选项序号.xlsx": xlsx(codes), "选项文本.csv": csv_text(texts),
             "网页.xls": page(texts)}  # fmt: skip
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


class Took(NamedTuple):
    """What one command took. Units: seconds."""

    cpu: float
    elapsed: float
    told: float

    def __str__(self) -> str:
        """In words."""
        return f"整个命令 CPU {self.cpu:.2f} 秒，经过 {self.elapsed:.2f} 秒；其中导入 {self.told:.2f} 秒"


def imported(workspace: Path, file: Path) -> Took:
    """The command run once."""
    command = [sys.executable, "-m", "toolkit", "survey", "import", str(file), "--project", "1", "--json"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([*command, "-w", str(workspace)], capture_output=True, check=True)
    elapsed, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(cpu, elapsed, float(json.loads(done.stdout)["seconds"]))


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        workspace = Path(name) / "评价"
        initialise(workspace, "nantong-2024", datetime.now(UTC))
        with_survey(workspace / "方案.xlsx")
        for file in exports(Path(name)):
            (workspace / ".jixiao" / "缓存.sqlite3").unlink(missing_ok=True)
            first = imported(workspace, file)
            least = Took(*map(min, zip(*(imported(workspace, file) for _ in range(ROUNDS)), strict=True)))
            sys.stdout.write(f"{file.name}\t{least}\t第一次：{first}\n")


if __name__ == "__main__":
    main()
