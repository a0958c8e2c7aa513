"""The mail that carries a package: what it says and what is attached."""

from toolkit.distribute.message import Attachment, Mail
from toolkit.distribute.pack import LETTER_NAME
from toolkit.distribute.package import Package
from toolkit.distribute.recipients import Recipient
from toolkit.model import LetterFacts, Roster
from toolkit.text import chinese_date


def dispatch_mail(package: Package, recipient: Recipient, roster: Roster, facts: LetterFacts) -> Mail:
    """The mail for one unit's package. The same package is never mailed twice; a changed one is another mail.

    Raises:
        OSError: the package is not on disk any more.
    """
    projects = [one for one in map(roster.project, package.project_ids) if one]
    number = "-".join(package.project_ids[:3])
    return Mail(
        key=f"dispatch:{package.unit}:{package.sha256}",
        unit=package.unit,
        to=recipient.addresses,
        subject=f"【请填报】{facts.evaluation}指标信息核查采集表（{package.unit}，{len(projects)}个项目）",
        body=_body(package, [project.name for project in projects], facts),
        attachments=(
            Attachment(package.archive.name, f"jixiao-{_ascii(number)}.zip", package.archive.read_bytes()),
            Attachment(LETTER_NAME, "letter.docx", (package.folder / LETTER_NAME).read_bytes()),
        ),
    )


def _body(package: Package, names: list[str], facts: LetterFacts) -> str:
    listed = "\n".join(f"  {number}. {name}" for number, name in enumerate(names, 1))
    return f"""{package.unit}：

{facts.issuer}正在组织开展{facts.evaluation}，请贵单位填报下列{len(names)}个项目的《指标信息核查采集表》：

{listed}

一、附件
  {package.archive.name}：采集表一个项目一份，内附通知函和文件清单（含校验值）。请解压到本机后再打开填写。
  {LETTER_NAME}：填报要求，请先阅读。

二、报送
  请于{chinese_date(facts.deadline)}前，把填好的采集表（.xlsx）、盖章的《填报自检》《承诺与盖章》两页扫描件和佐证材料\
作为附件，直接回复本邮件。文件名可以改；不要转换格式，不要设置打开密码。

{contact_lines(facts)}
{facts.issuer}
下发编号：{package.sha256[:12]}
"""


def contact_lines(facts: LetterFacts) -> str:
    """Who to ask, one line each; empty without contacts."""
    pairs = (("联系人", facts.contact), ("联系电话", facts.phone), ("联系邮箱", facts.email))
    return "".join(f"{name}：{value}\n" for name, value in pairs if value)


def _ascii(text: str) -> str:
    return "".join(char if char.isascii() and (char.isalnum() or char == "-") else "_" for char in text)[:40]
