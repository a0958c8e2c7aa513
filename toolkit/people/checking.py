"""``jixiao people check``: everything that is wrong or missing about the people of an evaluation."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from toolkit.model import CellRef, Finding, Form, Sentence, Severity, Stated
from toolkit.people.assigned import check_assignments
from toolkit.people.attributes import lower_attributes
from toolkit.people.recusal import Alike, Party, recusals
from toolkit.people.team import NOTHING, RELATIONS, ROLES, Declaration, Member, StaffChange, Team
from toolkit.people.told import Known, on_projects, say, told
from toolkit.text import plain
from toolkit.text.folding import compared
from toolkit.text.units import is_one_unit

_SOON = timedelta(days=7)
_MUST, _SHOULD, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def check_team(team: Team, known: Known) -> tuple[Team, tuple[Finding, ...]]:
    """The team with its recusals, and all findings in the order of the workbook's sheets."""
    blocked, alike = recusals(team, {project.id: project for project in known.projects}, known.parties)
    team = replace(team, blocked=tuple(blocked))
    found = [
        *_members(team, known),
        *check_assignments(team, known),
        *_recusals(team, alike, known),
        *_declared(team),
        *_changes(team, known),
        *_disclosed(team, known),
        *_milestones(team, known),
        *_payments(team, known),
    ]
    return team, tuple(found)


def _members(team: Team, known: Known) -> Iterator[Finding]:
    counted = Counter(member.name for member in team.members)
    if not team.members:
        yield say("TEAM-02", _MUST, CellRef(known.workbook, "成员"), "没有成员", "逐人填写《成员》表")
    for member in team.members:
        named = {
            "姓名": member.name, "职务": member.duty, "职称": member.title, "所在单位": member.employer,
            "评价经历": "有" if member.experience is not None else "",
        }  # fmt: skip
        if missing := [heading for heading, text in named.items() if not text]:
            words = told("成员“{name}”缺少：{missing}", name=member.name or "（未写姓名）", missing="、".join(missing))
            yield say("TEAM-02", _MUST, member.origin, words, "补填；没有职称的写“无”")
        if counted[member.name] > 1 and member.name:
            words = told("成员“{name}”写了{count}行", name=member.name, count=counted[member.name])
            yield say("TEAM-02", _MUST, member.origin, words, "同一人只写一行；同名的加注区别")
        yield from _pledge(member, known)


def _pledge(member: Member, known: Known) -> Iterator[Finding]:
    if not member.pledge:
        words = told("成员“{name}”没有承诺书", name=member.name)
        yield say(
            "TEAM-03",
            _MUST,
            member.origin,
            words,
            "打印16-工作方案中的承诺书（jixiao people plan），签字后放入“人员材料”，在“承诺书”栏写文件名",
        )
    elif not _there(member.pledge, known.papers):
        words = told("成员“{name}”的承诺书“{pledge}”不在“人员材料”文件夹里", name=member.name, pledge=member.pledge)
        yield say("TEAM-03", _MUST, member.origin, words, "核对文件名，或把文件放进去", found=member.pledge)


def _there(name: str, papers: Collection[str]) -> bool:
    wanted = compared(name)
    return any(wanted in (compared(paper), compared(paper.rpartition(".")[0])) for paper in papers)


def _recusals(team: Team, alike: Iterable[Alike], known: Known) -> Iterator[Finding]:
    assigned = {assignment.project: assignment for assignment in team.assignments}
    for block in team.blocked:
        assignment = assigned.get(block.project)
        roles = [role for role in ROLES if assignment and block.name in assignment.people.get(role, ())]
        for role in roles:
            at = assignment.origins.get(role, CellRef()) if assignment else CellRef()
            words = told(
                "“{name}”须回避项目{project}，不能担任{role}：{why}",
                name=block.name,
                project=block.project,
                role=role,
                why=block.why,
            )
            finding = say(
                "TEAM-07", _MUST, at, words, "改派他人；此人在该项目上的签字和评分不作数", block.project, block.name
            )
            yield replace(finding, related=(block.origin,))
    near: dict[tuple[Declaration, Party], list[str]] = {}
    for one in alike:
        on = assigned.get(one.project)
        if on is not None and one.declaration.name in on.names():
            near.setdefault((one.declaration, one.party), []).append(one.project)
    yield from (_near(declaration, party, ids, known) for (declaration, party), ids in near.items())


def _near(declaration: Declaration, party: Party, ids: Sequence[str], known: Known) -> Finding:
    name = declaration.name
    words = told(
        "“{name}”的{relation}“{own}”与{projects}的{part}“{party}”名称相近",
        name=name, relation=declaration.relation, own=declaration.party, projects=on_projects(ids, known),
        part=party.part, party=party.name,
    )  # fmt: skip
    hint = "核实是否同一家；是的，在“涉及项目”写明"
    return say("TEAM-07", _SHOULD, declaration.origin, words, hint, ids[0] if len(ids) == 1 else "", name)


def _declared(team: Team) -> Iterator[Finding]:
    declared = {declaration.name for declaration in team.declarations}
    for declaration in team.declarations:
        at, name = declaration.origin, declaration.name
        if team.member(name) is None:
            yield say("TEAM-08", _MUST, at, told("作声明的“{name}”不在《成员》表中", name=name), "核对姓名", found=name)
        if declaration.relation not in (*RELATIONS, NOTHING):
            words = told("“{name}”的声明关系“{relation}”不在可选项内", name=name, relation=declaration.relation)
            yield say("TEAM-08", _MUST, at, words, f"写{'、'.join(RELATIONS)}或“{NOTHING}”", found=declaration.relation)
        elif declaration.relation != NOTHING and not (declaration.party or declaration.projects):
            words = told(
                "“{name}”声明了{relation}，没有写是哪家单位或哪个项目", name=name, relation=declaration.relation
            )
            yield say("TEAM-08", _MUST, at, words, "写明单位或企业的全称，或项目序号", found=declaration.relation)
    for member in team.members:
        if member.name and member.name not in declared:
            words = told("成员“{name}”没有回避声明", name=member.name)
            hint = f"每人至少一行；没有利害关系的，“关系”写“{NOTHING}”"
            yield say("TEAM-08", _MUST, member.origin, words, hint, found=member.name)


def _changes(team: Team, known: Known) -> Iterator[Finding]:
    for change in team.changes:
        at, both = change.origin, f"“{change.before}”换为“{change.after}”"
        before, after = team.member(change.before), team.member(change.after)
        unknown = [name for name, member in ((change.before, before), (change.after, after)) if member is None]
        if unknown:
            words = told(
                "人员变更中的{names}不在《成员》表中，无法比较", names="、".join(f"“{name}”" for name in unknown)
            )
            yield say("TEAM-09", _MUST, at, words, "变更前后两人都写入《成员》表，离组的写明离组日期")
        if before and after:
            yield from _lower(before, after, change, both)
        if before and before.left is None:
            yield say(
                "TEAM-09",
                _SHOULD,
                before.origin,
                told("“{before}”已被替换，没有写离组日期", before=change.before),
                "补填离组日期",
            )
        if not change.consent:
            yield say(
                "TEAM-10", _MUST, at, told("{both}没有委托方同意的文件", both=both), "取得委托方书面同意，写明文件名"
            )
        elif not _there(change.consent, known.papers):
            words = told("{both}的同意文件“{consent}”不在“人员材料”文件夹里", both=both, consent=change.consent)
            yield say("TEAM-10", _MUST, at, words, "核对文件名，或把文件放进去", found=change.consent)
        yield from _in_time(change, team, both)


def _lower(before: Member, after: Member, change: StaffChange, both: str) -> Iterator[Finding]:
    for lower in lower_attributes(before, after):
        how = (
            f"低于原人员（{lower.before}→{lower.after}）"
            if lower.sure
            else f"高低无法自动比较（{lower.before}→{lower.after}）"
        )
        severity = _MUST if lower.sure else _SHOULD
        hint = "另选相当或更优的人员" if lower.sure else "由负责人比较后在“原因”栏写明"
        finding = say(
            "TEAM-09",
            severity,
            change.origin,
            told("{both}：{attribute}{how}", both=both, attribute=lower.attribute, how=how),
            hint,
            found=lower.after,
        )
        yield replace(finding, expected=f"不低于{lower.before}")


def _in_time(change: StaffChange, team: Team, both: str) -> Iterator[Finding]:
    if change.day is None:
        yield say("TEAM-11", _MUST, change.origin, told("{both}没有写变更日期", both=both), "补填变更日期")
    elif team.argued is None:
        unknown = "《基本情况》没有写方案论证日期，无法判断人员变更是否及时"
        yield say("TEAM-11", _MUST, change.origin, unknown, "补填方案论证日期")
    elif change.day >= team.argued:
        words = told("{both}的日期{day}不在方案论证（{argued}）之前", both=both, day=change.day, argued=team.argued)
        finding = say("TEAM-11", _MUST, change.origin, words, "论证以后不得变更人员；确需变更的报委托方另行书面批准")
        before = Sentence("早于{day}", (("day", Stated(team.argued, Form.ISO)),))
        yield replace(finding, found=Stated(change.day, Form.ISO), expected=before)


def _disclosed(team: Team, known: Known) -> Iterator[Finding]:
    own = [project.id for project in known.projects if any(is_one_unit(known.client, unit) for unit in project.units)]
    if not own:
        return
    words = told(
        "委托方“{client}”同时是{count}个项目的被评价单位：项目{projects}",
        client=known.client,
        count=len(own),
        projects="、".join(own),
    )
    at = CellRef(known.workbook, "基本情况")
    if team.disclosure:
        yield say(
            "TEAM-12",
            _NOTE,
            at,
            told("{words}；已说明：{disclosure}", words=words, disclosure=team.disclosure),
            "报告中照此披露",
        )
    else:
        yield say(
            "TEAM-12",
            _SHOULD,
            at,
            told("{words}，没有说明", words=words),
            "在“委托方同为被评价单位的说明”写明怎样保证独立，报告中披露",
        )


def _milestones(team: Team, known: Known) -> Iterator[Finding]:
    if undated := [step for step in team.milestones if step.due is None]:
        words = told("{names}没有写截止日", names="、".join(f"“{step.name}”" for step in undated))
        finding = say("TEAM-13", _SHOULD, undated[0].origin, words, "补填截止日")
        yield replace(finding, related=tuple(step.origin for step in undated[1:]))
    for step in (*team.milestones, *team.payments):
        if step.due is None:
            continue
        if step.done is None and step.due < known.today:
            words = told(
                "“{name}”应于{due}完成，已过{days}天", name=step.name, due=step.due, days=(known.today - step.due).days
            )
            yield say("TEAM-13", _SHOULD, step.origin, words, "完成的填写完成日；延期的商委托方改期")
        elif step.done is None and step.due - known.today <= _SOON:
            words = told(
                "“{name}”应于{due}完成，还剩{days}天", name=step.name, due=step.due, days=(step.due - known.today).days
            )
            yield say("TEAM-13", _NOTE, step.origin, words, "按期完成")
        elif step.done is not None and step.done > step.due:
            words = told(
                "“{name}”应于{due}完成，实际{done}完成，迟{days}天",
                name=step.name,
                due=step.due,
                done=step.done,
                days=(step.done - step.due).days,
            )
            yield say("TEAM-13", _NOTE, step.origin, words, "写明原因")


def _payments(team: Team, known: Known) -> Iterator[Finding]:
    shares = [step.share for step in team.payments if step.share is not None]
    if shares and sum(shares, Decimal(0)) != 1:
        words = told("付款比例合计{share}%，不是100%", share=plain(sum(shares, Decimal(0)) * 100))
        yield say("TEAM-14", _MUST, team.payments[0].origin, words, "按合同的付款方式填写")
    for step in team.payments:
        if step.done is not None and not step.paper:
            yield say(
                "TEAM-14",
                _SHOULD,
                step.origin,
                told("“{name}”已完成，没有写凭证", name=step.name),
                "写明验收报告或付款凭证的文件名",
            )
        elif step.paper and not _there(step.paper, known.papers):
            words = told("“{name}”的凭证“{paper}”不在“人员材料”文件夹里", name=step.name, paper=step.paper)
            yield say("TEAM-14", _SHOULD, step.origin, words, "核对文件名，或把文件放进去", found=step.paper)
