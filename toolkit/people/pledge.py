"""承诺书: a page for every member to sign, with what they do and what they declared, from 工作组.xlsx."""

from collections.abc import Iterator

from toolkit.model import Roster, Scheme
from toolkit.ooxml.printable import printable
from toolkit.people.team import NOTHING, ROLES, Member, Team
from toolkit.text.number_runs import number_runs
from toolkit.word.compose import Composer

PLEDGES = "承诺书.docx"
_PROMISES = (
    "一、依法、独立、客观地评价，如实记录所见，不受被评价单位和其他人的干预。",
    "二、不接受被评价单位、承建单位的宴请、礼品、有价证券和其他利益，不向其提出与评价无关的要求。",
    "三、对评价中取得的资料、数据和未公开的结果保密，只用于本次评价，不擅自复制、留存、传播；评价结束后按约定归档和移交。",
    "四、与被评价单位、承建单位有任职、供应、亲属、投标等利害关系的，主动声明并回避；情况有变化的及时补报。",
    "五、不对自己打的分、作的结论进行复核；人员变更按规定办理。",
    "以上承诺如有违反，愿承担相应责任。",
)
_PERSON = {"现场": "现场核查人", "质控": "质控人"}
_BLANK = "　　　　　　"


def pledges(scheme: Scheme, roster: Roster, team: Team) -> bytes:
    """The document; with nobody in the team, one page to be filled in by hand."""
    paper = Composer("承诺书", page_numbers=False)
    for number, member in enumerate(team.members or (None,)):
        if number:
            paper.page_break()
        _page(paper, scheme, roster, team, member)
    return paper.save()


def _page(paper: Composer, scheme: Scheme, roster: Roster, team: Team, member: Member | None) -> None:
    paper.title("评价人员承诺书")
    client, title = scheme.client or "委托单位", scheme.title
    who = printable(member.name) if member else _BLANK
    paper.paragraph(printable(f"本人{who}参加{client}委托的“{title}”，{_tasks(roster, team, member)}现承诺："))
    for promise in _PROMISES:
        paper.paragraph(promise)
    for line in _declared(team, member):
        paper.paragraph(printable(f"回避声明：{line}"))
    paper.pairs(
        (
            ("姓名", "" if member is None else who), ("所在单位", printable(member.employer) if member else ""),
            ("职务", printable(member.duty) if member else ""), ("职称", printable(member.title) if member else ""),
            ("签字", ""), ("日期", ""),
        ),
        whole=True,
    )  # fmt: skip


def _tasks(roster: Roster, team: Team, member: Member | None) -> str:
    """``担任项目1、3至5的评价人、现场核查人。``, "" where nothing is assigned."""
    if member is None:
        return ""
    order = [project.id for project in roster.projects]
    roles: dict[tuple[str, ...], list[str]] = {}
    for role in ROLES:
        assigned = {each.project for each in team.assignments if member.name in each.people.get(role, ())}
        if projects := tuple(project for project in order if project in assigned):
            roles.setdefault(projects, []).append(_PERSON.get(role, role))
    parts = [f"担任{_which(projects, order)}的{'、'.join(held)}" for projects, held in roles.items()]
    return f"{'，'.join(parts)}。" if parts else ""


def _which(projects: tuple[str, ...], order: list[str]) -> str:
    """``全部项目``, or ``项目1、3至5``: three and more that follow one another in the roster by first and last."""
    if len(projects) == len(order):
        return "全部项目"
    return f"项目{number_runs(projects, order)}"


def _declared(team: Team, member: Member | None) -> Iterator[str]:
    """What the member declared, or a line to write it on."""
    own = [each for each in team.declarations if member and each.name == member.name]
    tied = [each for each in own if each.relation != NOTHING]
    if own and not tied:
        yield "本人与各被评价单位、承建单位没有任职、供应、亲属、投标和其他利害关系。"
    for each in tied:
        about = f"（{each.note}）" if each.note else ""
        yield f"本人与“{each.party or '、'.join(each.projects)}”有利害关系：{each.relation}{about}，回避有关项目。"
    if not own:
        yield "利害关系（没有的写“无”）：" + _BLANK * 4
