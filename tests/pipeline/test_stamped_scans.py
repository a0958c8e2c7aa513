"""A scan of the signed pages comes into the inbox: collect files it, check holds it against the workbook."""

import zipfile
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.pipeline.conftest import call
from toolkit.ledger import EventKind
from toolkit.ledger.kinds import Read
from toolkit.model.identity import Identity, sign
from toolkit.pipeline.plan.workspace import Workspace
from toolkit.qr import code_picture, codes_on


def page(picture: bytes, kind: str = "JPEG") -> bytes:
    """A grey page, turned by 90 degrees, with the code in a corner."""
    sheet = Image.new("L", (1240, 1754), 245)
    sheet.paste(Image.open(BytesIO(picture)).convert("L").resize((150, 150)), (980, 90))
    stream = BytesIO()
    sheet.rotate(90, expand=True).save(stream, kind)
    return stream.getvalue()


def code_of_form(folder: Path, project: str) -> bytes:
    form = next(path for path in (folder / "01-采集表").iterdir() if path.name.startswith(f"{project}_"))
    with zipfile.ZipFile(form) as parts:
        return parts.read(next(name for name in parts.namelist() if name.startswith("xl/media/")))


def test_a_scan_is_filed_by_its_code_and_held_against_the_workbook(demo_copy: Path) -> None:
    inbox, workspace = demo_copy / "03-收件箱", Workspace.open(demo_copy)
    own, key = code_of_form(demo_copy, "007"), workspace.key
    (inbox / "扫描0001.jpg").write_bytes(page(own))
    (inbox / "扫描0002.pdf").write_bytes(page(code_of_form(demo_copy, "011"), "PDF"))
    other_version = sign(Identity(workspace.evaluation_id, key), "7", "f" * 64, "0" * 12).page_code
    (inbox / "扫描0003.png").write_bytes(page(code_picture(other_version), "PNG"))
    elsewhere = sign(Identity("别处", key), "7", "f" * 64, "0" * 12).page_code
    (inbox / "扫描0004.png").write_bytes(page(code_picture(elsewhere), "PNG"))
    (inbox / "扫描0005.png").write_bytes(page(code_picture("https://example.com"), "PNG"))
    came = {file["name"]: file for file in call("collect", "-w", demo_copy)["files"] if "扫描" in file["name"]}
    assert [came[f"扫描000{number}.{kind}"]["project"] for number, kind in ((1, "jpg"), (2, "pdf"), (3, "png"))] == [
        "7",
        "11",
        "7",
    ]
    assert came["扫描0001.jpg"]["reason"].startswith("签章页扫描件，项目7（图片），已存档")
    assert came["扫描0004.png"]["reason"].startswith("佐证材料")
    found = call("check", "-w", demo_copy, code=None)["findings"]
    told = {(one["code"], one["project"], one["workbook"]) for one in found if "扫描" in one["workbook"]}
    assert told == {
        ("EVID-09", "7", "扫描0003.png"),
        ("EVID-08", "", "扫描0004.png"),
        ("EVID-05", "", "扫描0005.png"),
    }
    with workspace.ledger() as ledger:
        said = {event.says(Read).file: event.says(Read).codes for event in ledger.events(EventKind.READ)}
    assert said["扫描0001.jpg"] == codes_on(own).texts
    assert said["扫描0005.png"] == ()
