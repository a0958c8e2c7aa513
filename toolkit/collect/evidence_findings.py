"""What can be wrong with evidence files, in words. Codes are stable for ever."""

import re
from collections.abc import Sequence
from decimal import Decimal

from toolkit.model import CellRef, EvidenceItem, Finding, Reading, Sentence, Severity, Stated, Submission

_SIGNED = re.compile("签字|签章|盖章|公章|签名")
_NO_CODE = (
    "像是签字盖章页，没有读到二维码：请报送含有二维码那一页的清楚扫描件或照片，下发的表上没有二维码的不用处理；"
    "不是签字盖章页的，文件名以编号开头"
)


def missing(submission: Submission, item: EvidenceItem) -> Finding:
    """Listed as handed in, and no such file came."""
    reading = submission.readings.get(f"佐证提供_{item.code}")
    named = submission.value(f"佐证文件名_{item.code}")
    return Finding(
        "EVID-01",
        Severity.WARNING,
        reading.at if reading else CellRef(submission.file_name),
        Sentence.of("佐证材料{code}“{name}”标明已提供，但没有收到对应的文件", {"code": item.code, "name": item.name}),
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
        Sentence.of(
            "佐证清单标明已提供 {count} 项材料，但没有收到本项目的任何佐证文件", {"count": Stated(Decimal(count))}
        ),
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
    """A file that is on nobody's list; signed pages, which need not be, are known by the code on them."""
    signed = _SIGNED.search(name) is not None
    hint = _NO_CODE if signed else "请核对：文件名以编号开头，或在清单“文件名”栏写明"
    return _about(name, project, ("EVID-02", Severity.NOTE), "不对应佐证清单中的任何一项", hint)


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
        Sentence.of("佐证文件“{name}”认不出属于哪个项目", {"name": name}),
        "单位报送的，与该项目的采集表放在同一文件夹，或在文件名前加项目序号；"
        "评价机构自己的（会议纪要、专家意见、签到表等），放在评价文件夹的“会议材料”里，归档时一并收入",
        found=f"{folder}/{name}".lstrip("/"),
    )


def beyond_last_page(name: str, project: str, item: str, pages: int, reading: Reading) -> Finding:
    """A page number the file does not have."""
    return Finding(
        "EVID-06",
        Severity.WARNING,
        reading.at,
        Sentence.of(
            "佐证材料{item}所注页码“{original}”超出文件“{name}”的总页数（{pages} 页）",
            {"item": item, "original": reading.original[:40], "name": name, "pages": Stated(Decimal(pages))},
        ),
        "请核对页码或补全文件",
        project=project,
        indicator=item,
        found=reading.original[:40],
        expected=Sentence("不超过 {pages}", (("pages", Stated(Decimal(pages))),)),
    )


def other_evaluations_page(name: str, project: str, evaluation: str) -> Finding:
    """Signed pages of a form that another evaluation sent out."""
    return Finding(
        "EVID-08",
        Severity.WARNING,
        CellRef(name),
        Sentence.of(
            "签章页扫描件“{name}”上的二维码属于另一次评价（{evaluation}），没有归入任何项目",
            {"name": name, "evaluation": evaluation[:40]},
        ),
        "请打印、签章并扫描本次评价下发的采集表中的《填报自检》《承诺与盖章》两页",
        project=project,
        found=evaluation[:40],
    )


def other_form_signed(name: str, project: str, seal: str, submission: Submission) -> Finding:
    """The pages that were signed are of another form than the workbook that came."""
    return Finding(
        "EVID-09",
        Severity.WARNING,
        CellRef(name),
        Sentence.of(
            "签章页扫描件“{name}”与报送的采集表“{file}”不是同一份下发件：二维码中的校验码不同",
            {"name": name, "file": submission.file_name},
        ),
        "请在报送的采集表中重新打印《填报自检》《承诺与盖章》，签章后扫描报送",
        project=project,
        found=seal,
        expected=submission.seal,
    )


def forged_code(name: str, project: str, claimed: str) -> Finding:
    """A code that says it is ours, with a seal that is not, or of a project that is not on the list."""
    return Finding(
        "EVID-10",
        Severity.WARNING,
        CellRef(name),
        Sentence.of("签章页扫描件“{name}”上的二维码校验不符，未予采用，仍按文件名归档", {"name": name}),
        "请核对扫描件确为该项目签章的两页；今后在下发的采集表中直接打印",
        project=project,
        found=claimed[:40],
    )


def forged_code_beside(name: str, projects: Sequence[str], claimed: str) -> Finding:
    """A code with a seal that is not ours on a scan that bears true ones too: those count, the false one is told."""
    coded = "、".join(projects)
    return Finding(
        "EVID-10",
        Severity.WARNING,
        CellRef(name),
        Sentence.of(
            "签章页扫描件“{name}”上除项目{coded}的签章页外，另有一个二维码校验不符（自称项目{claimed}），未予采用",
            {"name": name, "coded": coded, "claimed": claimed[:40]},
        ),
        "请核对该扫描件各页，撤去不是本次评价下发的页，或重新扫描",
        project=projects[0],
        found=claimed[:40],
    )


def code_unreadable(name: str, project: str, *, damaged: bool) -> Finding:
    """Named like a scan of the signed pages, and no code can be read: nothing bad, only less is known."""
    seen = "二维码看不清" if damaged else "没有看到二维码"
    return Finding(
        "EVID-11",
        Severity.NOTE,
        CellRef(name),
        Sentence.of("签章页扫描件“{name}”上{seen}，已按文件名归档，没有与采集表比对", {"name": name, "seen": seen}),
        "不影响报送；如方便，请以 150 dpi 以上重新扫描，二维码不遮挡、不裁切",
        project=project,
        found=name,
    )


def code_contradicts_name(name: str, by_name: str, projects: Sequence[str]) -> Finding:
    """File name and code say different projects; the code is sealed, the name is not."""
    coded = "、".join(projects)
    return Finding(
        "EVID-12",
        Severity.WARNING,
        CellRef(name),
        Sentence.of(
            "签章页扫描件“{name}”的文件名或文件夹指向项目{by_name}，二维码却是项目{coded}，已按二维码归档",
            {"name": name, "by_name": by_name, "coded": coded},
        ),
        "请核对是否放错文件夹、拿错扫描件",
        project=projects[0],
        found=by_name,
        expected=coded,
    )
