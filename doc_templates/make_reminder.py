"""Writes 催报函.docx beside this file; afterwards the letter is edited in Word, not here.

Run from the repository root: ``python -m doc_templates.make_reminder``. The tags are those of
:func:`toolkit.distribute.reminder.reminder_context`.
"""

from pathlib import Path

from doc_templates import letter_parts as shared
from toolkit.excel.files import write_atomic
from toolkit.word.compose import Composer
from toolkit.word.tables import Column

TITLE = "关于催报\n{{ 评价 }}\n指标信息核查采集表的{{ 文种 }}"

OPENING = "{{ 评价 }}的指标信息核查采集表已发{{ 贵单位 }}填报，{{ 时限 }}。{{ 贵单位 }}有{{ 情况 }}，详见附件。"

NOT_RETURNED = "未报送的，按附件逐格填写；采集表遗失的，请与我单位联系。确无数据或不适用的，在说明栏写明原因，不填0。"

REFUSED = "未能接收的文件，原因见附件；请报送填好的采集表（.xlsx）本身，不要转换格式，不要设置打开密码。"

TO_CORRECT = "须更正的，请在整改表上改正；没有整改表的，在原报送文件上改正，整份重新报送。有异议的，在说明栏写明理由。"

RETURN = "请{{ 要求 }}将采集表和佐证材料{% if 邮箱 %}发送至下列电子邮箱{% else %}报送我单位{% endif %}。"

PROJECTS = (
    Column("序号", "{{ 项.序号 }}", width=1.2),
    Column("项目名称", "{{ 项.项目名称 }}", width=8.4, align="left"),
    Column("状态", "{{ 项.状态 }}", width=2.2),
    Column("待办事项", "{{ 项.缺项 }}", width=3.7),
)

MISSING = (
    Column("工作表", "{{ 行.工作表 }}", width=2.8),
    Column("项数", "{{ 行.项数 }}", width=1.3),
    Column("须填写的内容（单元格）", "{{ 行.内容 }}", width=11.4, align="left"),
)

CORRECTIONS = (
    Column("序号", "{{ 行.序号 }}", width=1.5),
    Column("工作表", "{{ 行.工作表 }}", width=2.5),
    Column("单元格", "{{ 行.单元格 }}", width=1.7),
    Column("问题", "{{ 行.问题 }}", width=5.8, align="left"),
    Column("更正办法", "{{ 行.怎么改 }}", width=4.2, align="left"),
)


def compose() -> bytes:
    """The reminder template's bytes, always the same."""
    letter = shared.begin("催报函", TITLE, OPENING)
    with letter.when("未报送数"):
        letter.paragraph(NOT_RETURNED)
    with letter.when("未接收数"):
        letter.paragraph(REFUSED)
    with letter.when("须更正数"):
        letter.paragraph(TO_CORRECT)
    letter.paragraph(RETURN)
    shared.contacts(letter)
    shared.sign(letter, "待报送和更正事项清单")
    _lists(letter)
    return letter.save()


def _lists(letter: Composer) -> None:
    letter.heading(1, "一、项目报送情况")
    letter.table(PROJECTS, each="项 in 项目列表")
    with letter.when("缺项 or 更正"):
        letter.heading(1, "二、须填写和更正的内容")
        with letter.each("组 in 缺项"):
            letter.heading(2, "须填写：{{ 组.项目 }}，{% if 组.项目数 > 1 %}每份{% endif %}{{ 组.项数 }}项")
            letter.table(MISSING, each="行 in 组.行")
        with letter.each("组 in 更正"):
            letter.heading(2, "须更正：{{ 组.项目 }}，{{ 组.处数 }}处")
            letter.table(CORRECTIONS, each="行 in 组.行")


if __name__ == "__main__":
    write_atomic(Path(__file__).with_name("催报函.docx"), compose())
