"""Writes 征求意见函.docx beside this file; afterwards the letter is edited in Word, not here.

Run from the repository root: ``python -m doc_templates.make_consultation``. The tags are those of
:func:`toolkit.consultation.draft.draft_context`.
"""

from pathlib import Path

from doc_templates import letter_parts as shared
from toolkit.excel.files import write_atomic
from toolkit.word.compose import Composer
from toolkit.word.tables import Column

TITLE = "关于征求\n{{ 评价 }}\n报告（征求意见稿）意见的{{ 文种 }}"

OPENING = (
    "{{ 评价 }}报告（征求意见稿）已经形成，现将涉及{{ 贵单位 }}的{{ 项目数 }}个项目的内容摘录于附件，"
    "征求{{ 贵单位 }}意见。"
    "摘录包括各指标得分、扣分理由和核查发现，得分以定稿为准。"
)

ASK = (
    "请在所附《{{ 回复表 }}》中逐项填写意见、理由和依据，于{{ 截止日期 }}前"
    "{% if 邮箱 %}发送至下列电子邮箱{% else %}报送我单位{% endif %}，"
    "依据的材料一并报送。没有意见的，也请将回复表原样报回。"
)

LINES = (
    Column("指标", "{{ 行.编号 }}", width=1.8),
    Column("一级指标", "{{ 行.一级指标 }}", width=2.6),
    Column("指标名称", "{{ 行.名称 }}", width=6.2, align="left"),
    Column("分值", "{{ 行.分值 }}", width=1.8),
    Column("得分", "{{ 行.得分 }}", width=3.0),
)

LOSSES = (
    Column("指标", "{{ 行.编号 }}", width=1.8),
    Column("指标名称", "{{ 行.名称 }}", width=3.6, align="left"),
    Column("分值", "{{ 行.分值 }}", width=1.4),
    Column("得分", "{{ 行.得分 }}", width=2.0),
    Column("扣分理由", "{{ 行.理由 }}", width=6.8, align="left"),
)

FINDINGS = (
    Column("序号", "{{ 行.序号 }}", width=1.3),
    Column("位置", "{{ 行.位置 }}", width=3.0),
    Column("核查发现", "{{ 行.问题 }}", width=7.0, align="left"),
    Column("要求", "{{ 行.要求 }}", width=4.2, align="left"),
)


def compose() -> bytes:
    """The letter template's bytes, always the same."""
    letter = shared.begin("征求意见函", TITLE, OPENING)
    letter.paragraph(ASK)
    shared.contacts(letter)
    shared.sign(letter, "征求意见稿摘录")
    _projects(letter)
    return letter.save()


def _projects(letter: Composer) -> None:
    with letter.each("项 in 项目列表"):
        letter.heading(1, "{{ 项.号 }}. {{ 项.名称 }}（序号{{ 项.序号 }}）")
        letter.paragraph(
            "得分：{{ 项.总分 }}{% if 项.指标 %}分{% endif %}；等级：{{ 项.等级 }}。"
            "{% if 项.折算 %}有的指标不适用，其分值折算到其余指标，下列分值为折算以后的。{% endif %}"
            "{% if not 项.指标 %}没有收到可以读取的采集表，不作评分；补报以后再行核查、评分和征求意见。{% endif %}"
        )
        with letter.when("项.指标"):
            letter.heading(2, "各指标得分")
            letter.table(LINES, each="行 in 项.指标", unit="单位：分")
        with letter.when("项.扣分"):
            letter.heading(2, "扣分及理由")
            letter.table(LOSSES, each="行 in 项.扣分", unit="单位：分")
        with letter.when("项.发现"):
            letter.heading(2, "核查发现，{{ 项.发现数 }}处")
            letter.table(FINDINGS, each="行 in 项.发现")


if __name__ == "__main__":
    write_atomic(Path(__file__).with_name("征求意见函.docx"), compose())
