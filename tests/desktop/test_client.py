"""The engine's process as the window talks to it: what is stopped, what is asked for meanwhile."""

import os
import sys

import pytest

pytest.importorskip("PySide6", reason="没有安装 PySide6（pip install .[desktop]）")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pytestqt.qtbot import QtBot

from toolkit.desktop.client import STOPPED, EngineClient

ANSWERS = """
import json, os, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["operation"] != "wait":
        print(json.dumps({"event": "result", "id": asked["id"], "ok": True, "values": {"process": os.getpid()}}))
        sys.stdout.flush()
"""


def test_what_an_answer_asks_for_while_the_engine_ends_is_answered_by_another(qtbot: QtBot) -> None:
    """An operation ended just before the stop: the findings it calls for came back as 已停止 from the dead process."""
    client = EngineClient(command=[sys.executable, "-c", ANSWERS])
    heard: dict[str, dict] = {}

    def stop(message: dict) -> None:
        heard["first"] = message
        client.stop()
        assert client._process is not None
        client._process.waitForFinished(5000)

    def ask_more(message: dict) -> None:
        heard["second"] = message
        client.ask("more", "", {}, lambda answer: heard.update(more=answer))

    client.ask("first", "", {}, stop)
    client.ask("second", "", {}, ask_more)
    client.ask("wait", "", {}, lambda answer: heard.update(never=answer))
    qtbot.waitUntil(lambda: "more" in heard, timeout=20_000)
    assert heard["more"]["event"] == "result"
    assert heard["more"]["values"]["process"] != heard["first"]["values"]["process"]
    assert (heard["never"]["message"], heard["never"]["stopped"]) == (STOPPED, True)
    client.close()
