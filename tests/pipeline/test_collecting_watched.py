"""Collecting from a hostile inbox, watched: no network, no program but our workers, no file outside the workspace."""

import json
import os
import subprocess
import sys
from pathlib import Path

from toolkit.collect.child import worker_command

WATCH = """
import os, sys
log = os.open({log!r}, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] == 1:
        return  # a pair of pipe ends within this machine: how we talk to our workers
    if event == "subprocess.Popen" and arguments[1] == {worker!r}:
        return  # our worker, by the one command it is started with
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn")):
        os.write(log, (event + "\\t" + repr(arguments)[:200] + "\\n").encode())
    elif event in ("os.remove", "os.rename", "os.mkdir", "os.rmdir", "shutil.rmtree"):
        os.write(log, (event + "\\t" + os.path.abspath(str(arguments[0])) + "\\n").encode("utf-8", "replace"))
    elif event == "open" and isinstance(arguments[0], str) and isinstance(arguments[2], int):
        if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            os.write(log, ("write\\t" + os.path.abspath(arguments[0]) + "\\n").encode("utf-8", "replace"))

sys.addaudithook(watch)
"""


def test_nothing_happens_outside_the_workspace(demo_copy: Path, tmp_path: Path) -> None:
    watcher, log, inbox = tmp_path / "watch", tmp_path / "seen.log", demo_copy / "03-收件箱"
    scratch = tmp_path / "scratch"
    watcher.mkdir()
    scratch.mkdir()
    (watcher / "sitecustomize.py").write_text(WATCH.format(log=str(log), worker=worker_command()), encoding="utf-8")
    (inbox / "链接.html").write_bytes(
        b'<html><img src="http://192.0.2.1/x.png"><table><tr><td>1</td></tr></table></html>'
    )
    (inbox / "E01_批复.pdf").write_bytes(b"%PDF-1.4 << /URI (http://192.0.2.1/) >>")
    (inbox / "坏.xlsx").write_bytes(next(inbox.glob("001_*")).read_bytes()[:-100])
    for one in (demo_copy / "04-原件").iterdir():
        one.unlink()
    environment = {**os.environ, "PYTHONPATH": str(watcher), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    environment["TMPDIR"] = str(scratch)
    command = [sys.executable, "-m", "toolkit", "collect", "-w", str(demo_copy), "--json"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, check=True, cwd=root, env=environment)
    assert sum(one["state"] == "accepted" for one in json.loads(done.stdout)["files"]) == 38
    seen = [line.split("\t", 1) for line in log.read_text("utf-8").splitlines()]
    assert any(event == "write" for event, _ in seen), "the watch works"
    # The scratch folder is for our own template while it is compiled, before any return is read; nothing stays there.
    allowed = (str(demo_copy), str(scratch), os.devnull)
    assert not [(event, what) for event, what in seen if not what.startswith(allowed)]
    assert not list(scratch.iterdir())
