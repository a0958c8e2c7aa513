"""Writes 整改通知函.docx beside this file; afterwards the letter is edited in Word, not here.

Run from the repository root: ``python -m doc_templates.make_correction_letter``. The tags are those of
:func:`toolkit.correct.letter.letter_context`.
"""

from pathlib import Path

from doc_templates import letter_parts as shared
from toolkit.excel.files import write_atomic
from toolkit.word.tables import Column

TITLE = "关于{{ 评价 }}\n采集表整改事项的{{ 文种 }}"

OPENING = (
    "{{ 贵单位 }}报送的{{ 评价 }}《指标信息核查采集表》收悉。经核查，{{ 项目列表|length }}个项目共有"
    "{{ 问题总数 }}处问题需要更正（清单见附件）。现将整改表一并发送，有关事项{{ 告知 }}如下："
)
_LOCKED = (
    "整改表已带入{{ 贵单位 }}原报内容。标为橙色的单元格须更正，保留浅色底纹的单元格与之相关、可一并更正，"
    "其余已锁定、无须重填。"
)
HOW = (
    "每个项目一份整改表，首页《退回整改单》逐条列明位置、现填内容、应填内容或要求、依据，点击位置可直接跳到该单元格。",
    _LOCKED,
    "经核实无须更正的，请在《退回整改单》“单位说明”栏写明理由，并随表提供依据材料。",
    "请在整改表上直接修改并存盘，不要在原采集表上另行填报，也不要改动工作表名称和公式。",
)
LEADS = (
    "“{{ 项.项目名称 }}”由{{ 贵单位 }}与{{ 项.共同单位 }}共同负责，{{ 贵单位 }}为牵头单位，请会同上述单位核对后，"
    "由{{ 贵单位 }}统一报送一份整改表。"
)
FOLLOWS = (
    "“{{ 项.项目名称 }}”由{{ 项.牵头单位 }}牵头、{{ 贵单位 }}共同负责，所附整改表与牵头单位收到的一致，"
    "请配合牵头单位核对更正，由其统一报送，{{ 贵单位 }}无须另行报送。"
)
RETURN = (
    "请于{{ 截止日期 }}前，将整改表电子文件、加盖公章的《退回整改单》扫描件及补充的佐证材料"
    "{% if 邮箱 %}发送至下列电子邮箱{% else %}报送我单位{% endif %}。"
    "逾期未整改的，按现有资料核定。"
)
PROJECTS = (
    Column("序号", "{{ 项.序号 }}", width=1.2),
    Column("项目名称", "{{ 项.项目名称 }}", width=5.2, align="left"),
    Column("轮次", "{{ 项.轮次 }}", width=1.8),
    Column("问题（处）", "{{ 项.问题数 }}", width=1.8),
    Column("整改表文件名", "{{ 项.文件名 }}", width=5.5, align="left"),
)


def compose() -> bytes:
    """The letter template's bytes, always the same."""
    letter = shared.begin("整改通知函", TITLE, OPENING)
    letter.heading(1, "一、整改方法")
    shared.numbered(letter, HOW)
    shared.joint_projects(letter, LEADS, FOLLOWS)
    letter.heading(1, "二、报送方式和时限")
    letter.paragraph(RETURN + shared.CLOSING)
    shared.contacts(letter)
    shared.sign(letter, "整改项目清单")
    letter.table(PROJECTS, each="项 in 项目列表")
    return letter.save()


if __name__ == "__main__":
    write_atomic(Path(__file__).with_name("整改通知函.docx"), compose())
