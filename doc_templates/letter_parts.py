"""What the three letters to units have in common: head, joint projects, contacts, signature, annex."""

from toolkit.word import styles
from toolkit.word.compose import Composer
from toolkit.word.letter import LetterComposer

CLOSING = "{{ 结语 }}"
"""Ends a letter's last paragraph; a line of its own would take the signature to another page more often."""


def begin(name: str, title: str, opening: str) -> LetterComposer:
    """A letter with its head, title, addressee and first paragraph."""
    letter = LetterComposer(name)
    letter.letterhead("{{ 发函单位 }}", "{{ 发文字号 }}")
    letter.title(title)
    letter.addressee("{{ 抬头 }}：")
    letter.paragraph(opening)
    return letter


def numbered(letter: Composer, texts: tuple[str, ...]) -> None:
    """One numbered paragraph for every text."""
    for number, text in enumerate(texts, 1):
        letter.paragraph(f"{number}. {text}")


def joint_projects(letter: Composer, leads: str, follows: str) -> None:
    """For every joint project, what the unit does that leads it, or that follows."""
    with letter.each("项 in 项目列表 if 项.共同单位"), letter.when("项.是否牵头"):
        letter.paragraph(leads)
        letter.otherwise()
        letter.paragraph(follows)


def contacts(letter: Composer) -> None:
    """Who to ask and where to send, one line each: justified, a line that ends in an address would be torn apart."""
    with letter.when("联系人 or 电话"):
        letter.paragraph(
            "{% if 联系人 %}联系人：{{ 联系人 }}{% endif %}{% if 联系人 and 电话 %}；{% endif %}"
            "{% if 电话 %}联系电话：{{ 电话 }}{% endif %}"
        )
    with letter.when("邮箱"):
        letter.paragraph("电子邮箱：{{ 邮箱 }}")


def sign(letter: LetterComposer, annex: str) -> None:
    """Name of the annex, signature; then the annex's own page up to its title."""
    letter.blank()
    letter.paragraph(f"附件：{annex}")
    letter.signature("{{ 发函单位 }}", "{{ 发函日期 }}")
    letter.page_break()
    letter.paragraph("附件", style=styles.ANNEX)
    letter.title(annex)
