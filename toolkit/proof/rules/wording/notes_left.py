"""Notes that writers leave for one another: （请补充）, 【某某请确认】, two question marks."""

from collections.abc import Iterator

from toolkit.proof.declaration import Group, Result, doubtful, rule
from toolkit.proof.report import Report
from toolkit.text.patterns import Pattern

_NOTE = Pattern(
    r"[？?]{2,}|[（(](?:待核实|待核对|待确认|待补充|请补充|请核实|请核对|数据存疑)[^（()）]{0,8}[)）]"
    r"|[（(]此处[^（()）]{0,8}(?:修改|补充|核对|核实)[^（()）]{0,6}[)）]|[（(][^（()）]{0,6}(?:没有|尚未|还未|未)更新[)）]"
    r"|\[(?:待核实|待核对|待确认|待补充|待更新|待定)[^\]]{0,8}\]|【[^】]{0,16}(?:请确认|请核对|请核实|请补充|待确认)】"
)


@rule(
    "residue.note",
    group=Group.RESIDUE,
    title="没有写作时留下的批注",
    good=("填的是约数（原文“约91%（待核实）”）。请核对各笔支付日期。",),
    bad=(
        "尾款4.19万元（待核实），审计完成后支付。",
        "谁来做？？运维单位另定。",
        "得分90分【张三：请确认】。",
        "尾款4.19万元[待核实]。",
        "共下发39份（数据还没有更新）。",
    ),
)
def notes(report: Report) -> Iterator[Result]:
    """Outside quotations, which tell what somebody else wrote."""
    for place, text in report.document.texts_with(_NOTE, least=2):
        for match in _NOTE.finditer(text):
            before = text[: match.start()]
            if before.count("“") == before.count("”"):
                yield doubtful(
                    place, match[0], "", f"写作时留下的批注没有删去：“{text[max(0, match.start() - 8) : match.end()]}”"
                )
