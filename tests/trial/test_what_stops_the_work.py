"""Groups B, C and F of what the trial of 0.1.0 found: nothing a unit sends stops the others, nothing changes unseen."""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.distribute.imap_server import PASSWORD, USER, imap_server, put
from tests.trial.conftest import CASES, OWN_SCHEME
from tests.trial.own_evaluation import Cell, Evaluation, Said, jixiao, roster, scheme, started, write


def mail(name: str, sender: bytes = b"a@example.invalid", parts: int = 0) -> bytes:
    """A mail with a paper of this name; so many parts follow it."""
    head = b"From: " + sender + b"\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    paper = b'--x\r\nContent-Disposition: attachment; filename="%s"\r\n\r\n%%PDF-1.7\r\n' % name.encode()
    return head + paper + b"--x\r\n\r\na\r\n" * parts + b"--x--\r\n"


def ran(script: Path) -> Said:
    """What a plain script says, of the tree under trial; one that does not end has the code 124."""
    tree = os.environ.get("JIXIAO_TREE", str(Path(__file__).parents[2]))
    environment = {**os.environ, "PYTHONPATH": tree, "PYTHONUTF8": "1"}
    argv = [sys.executable, script]
    running = subprocess.Popen(argv, stdout=-1, stderr=-1, env=environment, encoding="utf-8", start_new_session=True)
    try:
        printed, told = running.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        os.killpg(running.pid, signal.SIGKILL)
        return Said(124, "", "does not end")
    return Said(running.returncode, printed, told)


HOSTILE = {
    2: {"实际支出资金": Cell("1E+26")},
    3: {"预算资金": Cell("9.99E+307"), "完成值_D101": Cell("-1E+300")},
    4: {"建设内容": "甲_xD83D_乙", "收款单位_1": "_x0007__x001B__xDFFF_公司"},
    5: CASES["figures copied"]
    | {"建设内容": '=HYPERLINK("http://x.invalid","点")', "收款单位_1": "{{ 7*7 }}{% for %}</w:t>"},
    6: CASES["figures copied"] | {"完成日期_C102": Cell("9999999"), "支付日期_1": Cell("-5")},
}
MAILS = (mail("甲.pdf", b"(" * 743), mail("乙.pdf", parts=501), mail("丙.pdf", b"c@example.invalid"))
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
    """In 0.1.0 every worker began the script again and died: no return was read, or the script never ended."""
    copy = shutil.copytree(hostile.folder, tmp_path / "ws", ignore=lambda *_: ["缓存.sqlite3"])
    script = tmp_path / "script.py"
    lines = (
        "from datetime import UTC, datetime",
        "from pathlib import Path",
        "from toolkit import pipeline",
        f"scored = pipeline.score(pipeline.load(Path({str(copy)!r})), datetime(2026, 1, 5, tzinfo=UTC))",
        "print([sheet.total for sheet in scored.sheets])",
    )
    script.write_text("\n".join(lines), encoding="utf-8")
    said = ran(script)
    assert (said.code, said.printed.startswith("[Decimal('87.00'), ")) == (0, True), said


MANY = 100_000


@in_full
def test_b3_an_archive_of_many_entries_is_not_opened_by_the_command_itself(hostile: Evaluation, tmp_path: Path) -> None:
    """The command's own processor time; its worker's is its worker's. In 0.1.0: 41 µs an entry, and 0.5 kB."""
    script = tmp_path / "timed.py"
    script.write_text(
        "import atexit, runpy, sys, time\n"
        "atexit.register(lambda: print(time.process_time(), file=sys.stderr))\n"
        f"sys.argv = ['jixiao', 'collect', {str(tmp_path / 'many.zip')!r}, '-w', {str(hostile.folder)!r}]\n"
        "runpy.run_module('toolkit', run_name='__main__')\n",
        encoding="utf-8",
    )
    took = []
    for entries in (1, MANY):
        end = b"PK\x05\x06" + bytes(4) + b"\xff" * 4 + (46 * entries).to_bytes(4, "little") + bytes(6)
        (tmp_path / "many.zip").write_bytes(b"PK\x03\x04" + bytes(26) + (b"PK\x01\x02" + bytes(42)) * entries + end)
        took.append(float(ran(script).told.split()[-1]))
    assert took[1] - took[0] < 1, took


@in_full
def test_b3_no_mail_ends_what_fetches_the_others(hostile: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    with imap_server() as port:
        put(port, "评价", *MAILS)
        said = {"HOST": "127.0.0.1", "PORT": str(port), "USER": USER, "PASSWORD": PASSWORD, "SECURITY": "none"}
        for name, value in {**said, "FOLDER": "评价"}.items():
            monkeypatch.setenv(f"JIXIAO_IMAP_{name}", value)
        done = hostile.do("fetch", "--json")
    assert done.code in (0, 1), done.told
    assert {"甲.pdf", "乙.pdf", "丙.pdf"} <= {file["name"] for file in done.json["files"]}


@in_full
def test_b4_one_project_s_number_leaves_the_looks_at_all_projects(hostile: Evaluation) -> None:
    """Batch checks and cross-checks reckon with 1E+26 and 9.99E+307; in 0.1.0 that ended them for everybody."""
    found = hostile.do("check", "--json").json["findings"]
    assert {each["project"] for each in found if each["code"] == "BATCH-03"} == {"5", "6"}


def test_b6_a_worker_s_answer_names_no_class(tmp_path: Path) -> None:
    """The answer of a worker that a hostile file took over; no command shows it, so it is given to what reads it."""
    kept = tmp_path / "kept.txt"
    kept.write_text("kept", encoding="utf-8")
    answer = f"ctoolkit.collect.unzip\nZipFile\n(V{kept}\nVw\ntR.".encode()
    script = tmp_path / "script.py"
    script.write_text(f"from toolkit.collect.answer import plain_answer\nplain_answer({answer!r})\n", encoding="utf-8")
    assert ran(script).code != 0
    assert kept.read_text(encoding="utf-8") == "kept"


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


def test_b7_a_full_disk_is_said_calmly_with_the_file(hostile: Evaluation, tmp_path: Path) -> None:
    """A stand-in for a full disk: the system's own error where what was written is to reach the disk."""
    script = tmp_path / "full.py"
    script.write_text(
        "import errno, os, runpy, sys\n"
        "def full(_descriptor): raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))\n"
        "os.fsync = full\n"
        f"sys.argv = ['jixiao', 'ledger', 'export', {str(tmp_path / '台账.xlsx')!r}, '-w', {str(hostile.folder)!r}]\n"
        "runpy.run_module('toolkit', run_name='__main__')\n",
        encoding="utf-8",
    )
    said = ran(script)
    assert said.code not in (0, 1, 70), said
    for words in ("台账.xlsx", "磁盘空间不足", "腾出空间"):
        assert words in said.told
    assert list(tmp_path.iterdir()) == [script], "nothing half written stays"


SYNCHRONISED = """
import os, runpy, stat, sys
folders, fsync = set(), os.fsync
def noted(descriptor):
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        folders.add(os.fstat(descriptor).st_ino)
    fsync(descriptor)
os.fsync = noted
sys.argv = ["jixiao", "ledger", "export", {file!r}, "-w", {folder!r}]
try:
    runpy.run_module("toolkit", run_name="__main__")
finally:
    print("synchronised", os.stat({into!r}).st_ino in folders)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows 不能对文件夹 fsync")
def test_c_the_folder_of_a_new_file_is_synchronised_too(hostile: Evaluation, tmp_path: Path) -> None:
    """In 0.1.0 only the file was: after a power cut its name could be missing from the folder."""
    script, into = tmp_path / "script.py", tmp_path / "交接"
    words = {"file": str(into / "台账.xlsx"), "folder": str(hostile.folder), "into": str(into)}
    script.write_text(SYNCHRONISED.format(**words), encoding="utf-8")
    assert "synchronised True" in ran(script).printed


STAND_INS = """
import runpy, sys, types
def module(name, **held):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(held)
class Wps:
    def __init__(self, name):
        if name != "KET.Application":
            raise OSError("com_error: 类没有注册")
        self.Workbooks = types.SimpleNamespace(Open=lambda path: print("WPS opens", path))
    def CalculateFull(self):
        print("WPS calculates")
def no_excel(**_):
    raise OSError("com_error: 类没有注册")
module("xlwings", engines=["excel"], App=no_excel)
module("win32com")
module("win32com.client", DispatchEx=Wps)
sys.argv = ["jixiao", "open", "-w", {folder!r}]
runpy.run_module("toolkit", run_name="__main__")
"""


def test_f_where_only_wps_is_installed_it_opens_the_master(hostile: Evaluation, tmp_path: Path) -> None:
    """Stand-ins for xlwings and for COM, which are on Windows only: Excel is not registered, WPS is."""
    folder, script = tmp_path / "ws", tmp_path / "script.py"
    shutil.copytree(hostile.folder / ".jixiao", folder / ".jixiao")
    (folder / "06-汇总总表").mkdir()
    (folder / "06-汇总总表" / "汇总总表.xlsx").write_bytes(b"")
    script.write_text(STAND_INS.format(folder=str(folder)), encoding="utf-8")
    said = ran(script)
    assert said.code == 0, said
    assert "WPS opens" in said.printed
    assert "WPS calculates" in said.printed


def test_f_an_empty_text_is_an_empty_cell(hostile: Evaluation) -> None:
    """In 0.1.0 a cell was said to hold a text and held none: xlsx-populate could open no collection workbook."""
    for form in hostile.folder.glob("01-采集表/*.xlsx"):
        with zipfile.ZipFile(form) as package:
            sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
        assert not [cell for sheet in sheets for cell in re.findall(r'<c [^>]*t="(?:inlineStr|s)"[^>]*/>', sheet)]


def test_f_fonts_are_written_as_the_format_orders_them(hostile: Evaluation) -> None:
    """In 0.1.0 name before sz, in every collection workbook: an Open XML validator finds that in each style."""
    with zipfile.ZipFile(next(hostile.folder.glob("01-采集表/*.xlsx"))) as package:
        styles = package.read("xl/styles.xml").decode()
    order = ("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name")
    fonts = [re.findall(r"<(\w+)", font) for font in re.findall(r"<font>(.*?)</font>", styles)]
    assert fonts
    assert all(sorted(font, key=(*order, *font).index) == font for font in fonts)


def test_scheme_and_roster_given_the_wrong_way_round_are_told_as_that(tmp_path: Path) -> None:
    scheme_file = write(tmp_path / "方案.xlsx", scheme())
    roster_file = write(tmp_path / "项目清单.xlsx", roster(2))
    said = jixiao("init", tmp_path / "ws", "--scheme", roster_file, "--roster", scheme_file, "--json")
    told = {finding["message"] for finding in said.json["findings"]}
    assert told == {"这是方案，不是项目清单", "这是项目清单，不是方案"}
    assert not (tmp_path / "ws").exists()


def test_a_file_given_as_the_workspace_is_named_itself(tmp_path: Path) -> None:
    given = write(tmp_path / "方案.xlsx", scheme())
    said = jixiao("run", "-w", given)
    assert (said.code, "给出的是文件" in said.told, ".jixiao" in said.told) == (3, True, False)
