"""What can be wrong with evidence files, in words. Codes are stable for ever."""

from collections.abc import Sequence
from decimal import Decimal

from toolkit.model import CellRef, EvidenceItem, Finding, Reading, Sentence, Severity, Stated, Submission


def missing(submission: Submission, item: EvidenceItem) -> Finding:
    """Listed as handed in, and no such file came."""
    reading = submission.readings.get(f"佐证提供_{item.code}")
    named = submission.value(f"佐证文件名_{item.code}")
    return Finding(
        "EVID-01",
        Severity.WARNING,
        reading.at if reading else CellRef(submission.file_name),
        f"佐证材料{item.code}“{item.name}”标明已提供，但没有收到对应的文件",
        f"请补报该材料，文件名以编号开头（如“{item.code}_{item.name}.pdf”），与采集表放在同一文件夹",
        project=submission.project,
        indicator=item.code,
        found=str(named or ""),
        expected=f"以 {item.code} 开头或与清单所列文件名一致的文件",
    )


def none_received(submission: Submission, count: int) -> Finding:
    """Items listed as handed in, and not one file came."""
    return Finding(
        "EVID-01",
        Severity.WARNING,
        CellRef(submission.file_name),
        f"佐证清单标明已提供 {count} 项材料，但没有收到本项目的任何佐证文件",
        "请补报佐证材料，与采集表放在同一文件夹或同一压缩包",
        project=submission.project,
        expected=Stated(Decimal(count), unit=" 项"),
    )


def none_at_all() -> Finding:
    """Units listed evidence, and the whole batch brought none: it may be kept elsewhere."""
    return Finding(
        "EVID-07",
        Severity.NOTE,
        CellRef(""),
        "本次评价尚未收到任何佐证文件，各单位的佐证清单未与文件核对",
        "佐证材料如已另行收取，请一并放入收件箱后再读取",
    )


def unlisted(name: str, project: str) -> Finding:
    """A file that is on nobody's list."""
    return _about(
        name,
        project,
        ("EVID-02", Severity.NOTE),
        "不对应佐证清单中的任何一项",
        "请核对：文件名以编号开头，或在清单“文件名”栏写明",
    )


def doubled(name: str, project: str, projects: Sequence[str]) -> Finding:
    """The same bytes for several projects."""
    others = "、".join(one for one in projects if one != project)
    words = f"与项目{others}的佐证文件内容完全相同"
    return _about(name, project, ("EVID-03", Severity.WARNING), words, "请核实该材料能否同时证明多个项目")


def unopenable(name: str, project: str) -> Finding:
    """Damaged, empty or locked."""
    words = "打不开：已损坏、不完整或设有密码"
    return _about(name, project, ("EVID-04", Severity.WARNING), words, "请重新报送能正常打开的文件")


def _about(name: str, project: str, kind: tuple[str, Severity], words: str, hint: str) -> Finding:
    return Finding(*kind, CellRef(name), f"佐证文件“{name}”{words}", hint, project=project, found=name)


def nobodys(name: str, folder: str) -> Finding:
    """A file of no known project."""
    return Finding(
        "EVID-05",
        Severity.NOTE,
        CellRef(name),
        f"佐证文件“{name}”认不出属于哪个项目",
        "请把文件与该项目的采集表放在同一文件夹，或在文件名前加项目序号",
        found=f"{folder}/{name}".lstrip("/"),
    )


def beyond_last_page(name: str, project: str, item: str, pages: int, reading: Reading) -> Finding:
    """A page number the file does not have."""
    return Finding(
        "EVID-06",
        Severity.WARNING,
        reading.at,
        f"佐证材料{item}所注页码“{reading.original[:40]}”超出文件“{name}”的总页数（{pages} 页）",
        "请核对页码或补全文件",
        project=project,
        indicator=item,
        found=reading.original[:40],
        expected=Sentence("不超过 {pages}", (("pages", Stated(Decimal(pages))),)),
    )
