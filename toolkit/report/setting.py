"""What every report says about the evaluation itself: titles, parties, dates, scale."""

from toolkit.model import Figure, Indicator, Scheme
from toolkit.report.facts import ReportFacts
from toolkit.report.wording import Numbering, Sentence, in_quotes, one_line, quote, say
from toolkit.text import chinese_date, plain
from toolkit.text.grades import band_words
from toolkit.text.laws import full_title
from toolkit.word.captions import Reference

SOURCES = ("评价方案", "文件指纹")
PERIOD, CUTOFF, FULL_MARK, REPORT_DATE, REPORT_MONTH = (f"{SOURCES[0]}!A{row}" for row in range(1, 6))
MASTER_DIGEST, SCHEME_DIGEST = (f"{SOURCES[1]}!A{row}" for row in (1, 2))
"""Addresses of printed values that stand in no cell of the master; :func:`source_values` has the values."""
SIGNING = ("主评人", "质量控制人")
"""Rows of sheet 方案 that name who signs; the page has room for a signature either way."""
_LONG_TITLE = 14
REFUSED = "COLLECT-"
"""Beginning of the codes of files that came and are not accepted."""
_MONTHS = "{0.year}年{0.month}月"


def evaluation_words(facts: ReportFacts) -> dict[str, object]:
    """The names all report templates share: 评价, 总体, 报告日期, 多个项目, 折算, 分类, 有暂定, 表号 and the like."""
    scheme = facts.scheme
    dated = scheme.timetable.reported == facts.report_date
    return {
        "评价": {
            "名称": scheme.title,
            "标题": _title_lines(scheme.title),
            "年度": str(scheme.year),
            "版本": scheme.version,
            "委托单位": scheme.client,
            "评价机构": scheme.evaluator,
            "评价期间": quote(_period(scheme), PERIOD),
            "截止日": quote(chinese_date(scheme.cutoff), CUTOFF) if scheme.cutoff else "",
            "金额单位": scheme.money_unit,
            "满分": quote(plain(scheme.total_mark), FULL_MARK),
            "依据": "、".join(sources(scheme)),
            "等级": _bands(facts),
        },
        "总体": facts.figures.overall,
        "报告日期": quote(chinese_date(facts.report_date), REPORT_DATE if dated else ""),
        "报告年月": quote(_MONTHS.format(facts.report_date), REPORT_MONTH if dated else ""),
        "签字": {name: scheme.settings.get(name, "").strip() for name in SIGNING},
        "有佐证文件": facts.has_evidence_files,
        "多个评分对象": not facts.only,
        "有评分": bool(facts.scored),
        "有人评定": facts.has_evaluators,
        "独立打分": facts.has_independent_marks,
        "多个项目": facts.has_many_projects,
        "多个单位": len(facts.roster.units()) > 1,
        "折算": facts.renormalised,
        "分类": facts.categorised,
        "有暂定": facts.provisional,
        **numbering(),
    }


REFERENCES = {
    "概览表": "项目概览",
    "主要内容表": "项目主要内容",
    "得分排名表": "项目得分排名",
    "得分汇总表": "得分汇总表",
    "热力图表": "得分热力图",
    "资金核查表": "资金核查表",
    "评分标准表": "评价指标体系及评分标准",
    "问题清单表": "核查问题清单",
    "整改事项表": "整改事项",
    "自评项目表": "自评与复核对照（按项目）",
    "自评指标表": "自评与复核对照（按指标）",
}
"""Captions that texts refer to: name in a template → how the caption's words begin."""


def numbering() -> dict[str, object]:
    """Counters of captions, which every document has of its own, and the captions texts can refer to."""
    references = {name: Reference(title) for name, title in REFERENCES.items()}
    return {"表号": Numbering(), "图号": Numbering(), "引用": references}


def source_values(scheme: Scheme, master_sha256: str) -> dict[str, str]:
    """What reports print that comes from the scheme or from the files themselves: address → text."""
    reported = scheme.timetable.reported
    texts = {
        PERIOD: _period(scheme),
        CUTOFF: chinese_date(scheme.cutoff) if scheme.cutoff else "",
        FULL_MARK: plain(scheme.total_mark),
        REPORT_DATE: chinese_date(reported) if reported else "",
        REPORT_MONTH: _MONTHS.format(reported) if reported else "",
        MASTER_DIGEST: master_sha256,
        SCHEME_DIGEST: scheme.sha256,
    }
    return {address: text for address, text in texts.items() if text}


def digests(facts: ReportFacts) -> dict[str, Figure]:
    """The SHA-256 of the files a report rests on, for its annex."""
    return {
        "汇总总表": Figure(None, MASTER_DIGEST, facts.figures.sha256),
        "方案": Figure(None, SCHEME_DIGEST, facts.scheme.sha256),
    }


def received(facts: ReportFacts) -> Sentence:
    """收到可用的采集表38份，尚有1份未收到; a file that came and cannot be read is not called missing."""
    overall = facts.figures.overall
    missing = overall["未报送数"]
    start = say("收到可用的采集表", overall["已报送数"], "份")
    if not missing.value:
        return start
    refused = {
        finding.project for finding in facts.figures.findings if finding.project and finding.code.startswith(REFUSED)
    }
    refused -= {line.project.id for line in (*facts.scored, *facts.unscored) if line.project and line.returned}
    if not refused:
        return say(start, "，尚有", missing, "份未收到")
    if len(refused) == missing.value:
        return say(start, "，另有", missing, "份报送的文件不能读取")
    return say(start, "，缺", missing, f"份，其中{len(refused)}份报送的文件不能读取，其余未收到")


def _title_lines(title: str) -> str:
    """A long title in two lines, broken before 绩效, where a reader pauses."""
    before, word, after = title.partition("绩效")
    return f"{before}\n{word}{after}" if len(title) > _LONG_TITLE and before and word else title


def _period(scheme: Scheme) -> str:
    start, end = scheme.period_start, scheme.period_end
    return f"{chinese_date(start)}至{chinese_date(end)}" if start and end else f"{scheme.year}年度"


def sources(scheme: Scheme) -> list[str]:
    """Documents the indicators follow, each once: titled ones first, then the most used."""
    uses: dict[str, int] = {}
    for indicator in scheme.indicators:
        for part in sources_of(indicator):
            uses[part] = uses.get(part, 0) + 1
    return sorted(uses, key=lambda part: (not part.startswith("《"), -uses[part]))


def sources_of(indicator: Indicator) -> list[str]:
    """The documents one indicator follows, in full as 政策库 has them."""
    parts = one_line(indicator.source).replace(";", "；").split("；")
    return [full_title(part.strip()) for part in parts if part.strip()]


def _bands(facts: ReportFacts) -> str:
    bands = sorted(facts.scheme.grade_bands, reverse=True)
    named = (f"{words}为{in_quotes(band.name)}" for band, words in zip(bands, band_words(bands), strict=True))
    return "、".join(named) or "本次评价不分等级"
