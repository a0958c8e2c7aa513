"""Writes 通知函.docx beside this file; afterwards the letter is edited in Word, not here.

Run from the repository root: ``python -m doc_templates.make_letter``. The tags are those of
:func:`toolkit.distribute.letter.letter_context`.
"""

from pathlib import Path

from doc_templates import letter_parts as shared
from toolkit.excel.files import write_atomic
from toolkit.word.tables import Column

# Three lines, the evaluation on its own: short, long, middle is one of the two shapes the standard allows.
TITLE = "关于报送\n{{ 评价 }}\n指标信息核查采集表的{{ 文种 }}"

OPENING = (
    "{% if 文种 == '函' %}{{ 发函单位 }}{% else %}本单位{% endif %}正在组织开展{{ 评价 }}，"
    "{{ 贵单位 }}负责的{{ 项目列表|length }}个项目列入本次评价范围（清单见附件）。"
    "现请{% if 文种 == '函' %}{{ 贵单位 }}{% else %}各处室{% endif %}组织填报"
    "《指标信息核查采集表》（以下简称采集表），有关事项{{ 告知 }}如下："
)

LEADS = (
    "“{{ 项.项目名称 }}”由{{ 贵单位 }}与{{ 项.共同单位 }}共同负责，{{ 贵单位 }}为牵头单位，请会同上述单位核对数据后，"
    "统一填报、报送一份采集表。"
)
FOLLOWS = (
    "“{{ 项.项目名称 }}”由{{ 项.牵头单位 }}牵头、{{ 贵单位 }}共同负责，所附采集表与牵头单位收到的一致，"
    "请向牵头单位提供有关数据和佐证材料，由其统一报送，{{ 贵单位 }}无须另行报送。"
)

CONTENT = (
    "采集表一个项目一份，请逐项填写项目基本信息、立项与采购合同、资金情况、各项指标的实际完成值和自评分，"
    "并登记佐证材料。金额单位、比率和日期的写法以表内提示为准；没有发生的填0，不适用的填“不适用”，暂时无法取得的填“待定”并在说明栏写明原因，不要空着。"
)

HOW_TO_FILL = (
    "采集表用 Excel 或 WPS 打开即可离线填写，无须联网。",
    "只填允许录入的单元格；明细行不够的，按提示插入行。",
    "文件名可以改，不要转换为图片或 PDF，不要设密码。",
    "填完看《填报自检》，缺项、不符均为零再打印签章。",
)

EVIDENCE = (
    "每个项目的佐证材料与采集表放在同一个文件夹；每份材料单独成文件，文件名以佐证编号开头，编号与采集表中的"
    "佐证材料清单一致{% if 佐证示例 %}，例如“{{ 佐证示例 }}”{% endif %}。材料应清晰、完整；涉密材料请勿通过互联网传输。"
)

RETURN = (
    "请于{{ 截止日期 }}前，将采集表电子文件、加盖公章的《填报自检》《承诺与盖章》两页扫描件和佐证材料一并"
    "{% if 邮箱 %}发送至下列电子邮箱{% else %}报送我单位{% endif %}。"
    "核查后需要更正的，另行发送整改表。"
)

VOUCH = "{{ 贵单位 }}对所填内容的真实性负责。"

PROJECTS = (
    Column("序号", "{{ 项.序号 }}", width=1.2),
    Column("项目名称", "{{ 项.项目名称 }}", width=5.4, align="left"),
    Column("合同金额（{{ 金额单位 }}）", "{{ 项.合同金额 }}", width=3.5, align="right"),
    Column("采集表文件名", "{{ 项.文件名 }}", width=5.4, align="left"),
)


def compose() -> bytes:
    """The letter template's bytes, always the same."""
    letter = shared.begin("通知函", TITLE, OPENING)
    letter.heading(1, "一、填报内容")
    letter.paragraph(CONTENT)
    shared.joint_projects(letter, LEADS, FOLLOWS)
    letter.heading(1, "二、填报方法")
    shared.numbered(letter, HOW_TO_FILL)
    letter.heading(1, "三、佐证材料")
    letter.paragraph(EVIDENCE)
    letter.heading(1, "四、报送方式和时限")
    letter.paragraph(RETURN)
    letter.paragraph(VOUCH + shared.CLOSING)
    shared.contacts(letter)
    shared.sign(letter, "填报项目清单")
    letter.table(PROJECTS, each="项 in 项目列表")
    return letter.save()


if __name__ == "__main__":
    write_atomic(Path(__file__).with_name("通知函.docx"), compose())
