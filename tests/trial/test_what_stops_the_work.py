"""Groups B, C and F of what the trial of 0.1.0 found: nothing a unit sends stops the others, nothing changes unseen."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trial.conftest import OWN_SCHEME
from tests.trial.own_evaluation import Cell, Evaluation, jixiao, started

HOSTILE = {
    2: {"实际支出资金": Cell("1E+26")},
    3: {"预算资金": Cell("9.99E+307"), "完成值_D101": Cell("-1E+300")},
    4: {"建设内容": "甲_xD83D_乙", "收款单位_1": "_x0007__x001B__xDFFF_公司"},
    5: {"建设内容": '=HYPERLINK("http://x.invalid","点")', "收款单位_1": "{{ 7*7 }}{% for %}</w:t>"},
    6: {"完成日期_C102": Cell("9999999"), "支付日期_1": Cell("-5")},
}
COMMANDS = ("check", "correct", "remind", "aggregate", "status", "verify")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    made = started(tmp_path_factory.mktemp("hostile"), OWN_SCHEME, 6)
    for number in range(1, 7):
        made.returned(number, {"服务费": Cell("1.5"), **HOSTILE.get(number, {})})
    made.do("collect")
    return made


in_full = pytest.mark.skipif(
    not {"JIXIAO_FULL", "JIXIAO_TREE"} & os.environ.keys(),
    reason="JIXIAO_FULL=1；平时由 tests/pipeline/test_hostile_chain.py 和 tests/collect/test_collect_worker.py 检查",
)


@in_full
def test_b1_b2_hostile_values_end_no_command(hostile: Evaluation) -> None:
    ended = {command: hostile.do(command) for command in COMMANDS}
    ended["export"] = hostile.do("export", hostile.folder / "导出")
    assert {command: said.code for command, said in ended.items() if said.code not in (0, 1)} == {}
    scores = hostile.do("score", "--json").json["projects"]
    assert next(project["total"] for project in scores if project["id"] == "1") == "87.00"


@in_full
def test_b4_a_script_without_a_main_guard_ends(hostile: Evaluation, tmp_path: Path) -> None:
    tree = os.environ.get("JIXIAO_TREE", str(Path(__file__).parents[2]))
    copy = shutil.copytree(hostile.folder, tmp_path / "ws", ignore=lambda *_: ["缓存.sqlite3"])
    script = tmp_path / "script.py"
    words = f"print(len(pipeline.score(pipeline.load(Path({str(copy)!r}))).sheets))"
    script.write_text(f"from pathlib import Path\nfrom toolkit import pipeline\n{words}\n", encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": tree}
    running = subprocess.Popen([sys.executable, script], stderr=-1, env=environment, start_new_session=True)
    try:
        _, told = running.communicate(timeout=40)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
    assert running.returncode == 0, told.decode()


def test_c_an_altered_original_a_cut_and_a_lost_ledger_are_found(hostile: Evaluation, tmp_path: Path) -> None:
    ledger = "台账.sqlite3"
    kept = shutil.copytree(hostile.folder, tmp_path / "kept")
    whole = Evaluation(Path(kept))
    older = (kept / ledger).read_bytes()
    assert whole.do("ledger", "verify").code == 0
    whole.do("resolve", "1", "MISS-03", "--waive", "--by", "李工", "--reason", "另有原件")
    newer = (kept / ledger).read_bytes()
    (kept / ledger).write_bytes(older)
    assert whole.do("ledger", "verify").code != 0, "an older copy"
    (kept / ledger).unlink()
    assert whole.do("ledger", "verify").code != 0, "no ledger"
    (kept / ledger).write_bytes(newer)
    original = next(path for path in kept.glob("*原件*/**/*") if path.is_file())
    original.chmod(0o644)
    original.write_bytes(original.read_bytes() + b" ")
    for words in (("verify",), ("ledger", "verify")):
        said = whole.do(*words)
        assert said.code not in (0, 70)
        assert "原件" in said.printed
        assert "改动" in said.printed


def test_c_keys_are_for_their_user_only(hostile: Evaluation) -> None:
    files = [path for path in hostile.folder.rglob("*") if path.is_file()]
    (key,) = (path for path in files if path.name == "评价标识.json")
    assert stat.S_IMODE(key.stat().st_mode) & 0o077 == 0
    assert [path for path in files if path.suffix == ".tmp"] == []


def test_f_output_is_utf_8_whatever_the_console() -> None:
    tree = os.environ.get("JIXIAO_TREE", str(Path(__file__).parents[2]))
    environment = {**os.environ, "PYTHONPATH": tree, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
    argv = [sys.executable, "-m", "toolkit", "formula", "eval", '="𠮷"', "--json"]
    done = subprocess.run(argv, capture_output=True, check=False, env=environment, cwd=tree)
    assert json.loads(done.stdout.decode("utf-8"))["value"] == "𠮷"
    assert jixiao("--version").code == 0


def test_b7_a_pipe_in_the_inbox_is_passed_over(hostile: Evaluation) -> None:
    os.mkfifo(next(path for path in hostile.folder.glob("*收件*") if path.is_dir()) / "管道.xlsx")
    said = hostile.do("collect")
    assert said.code in (0, 1)
    assert "管道.xlsx" in said.printed
