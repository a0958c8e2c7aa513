"""Exports of survey platforms made up from known answers, and the totals counted a second way."""

import csv
import random
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

from toolkit.model import QuestionKind, Survey, SurveyQuestion

DEGREES = ("很满意", "满意", "一般", "不满意", "很不满意")
POINTS = tuple(Decimal(number) for number in (100, 80, 60, 30, 0))
CHANNELS = ("窗口", "网站", "手机端", "其他")
USES = ("查询", "申报", "统计")


def question(code: str, text: str, kind: QuestionKind, options: tuple[str, ...], **more: object) -> SurveyQuestion:
    return SurveyQuestion("W1", code, text, kind, options, **more)  # type: ignore[arg-type]


def scale(code: str, text: str) -> SurveyQuestion:
    return question(code, text, QuestionKind.SCALE, DEGREES, points=POINTS, satisfied=DEGREES[:2], counted=True)


SURVEY = Survey(
    "W1",
    "D402",
    "窗口人员",
    (
        scale("1", "您对系统总体是否满意？"),
        scale("2", "您对响应速度是否满意？"),
        question("3", "您使用哪些功能？", QuestionKind.MULTIPLE, USES),
        question("4", "请按常用程度排序", QuestionKind.RANKING, USES),
        question("5", "您主要从哪里办理？", QuestionKind.SINGLE, CHANNELS, subgroup=True),
    ),
    population=1200,
)  # fmt: skip
HEADS = ("序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP")


@dataclass(frozen=True)
class Sheet:
    """One answer sheet: places of the chosen options by question, None where not answered."""

    degrees: tuple[int | None, int | None]
    uses: tuple[int, ...]
    order: tuple[int, ...]
    channel: int | None


def drawn(count: int, seed: int) -> list[Sheet]:
    draw = random.Random(seed)  # noqa: S311
    return [
        Sheet(
            (draw.choice([0, 0, 1, 1, 2, 3, 4, None]), draw.choice([0, 1, 2, 3, 4, None])),
            tuple(sorted(draw.sample(range(3), draw.randint(0, 3)))),
            tuple(draw.sample(range(3), 3)) if draw.random() < 0.9 else (),
            draw.choice([0, 1, 2, 3, None]),
        )
        for _ in range(count)
    ]


def rows_of(sheets: list[Sheet], *, codes: bool = False, skipped: str = "(跳过)") -> list[list[str]]:
    """The table 问卷星 gives: with texts, or with the numbers of the options."""

    def said(options: tuple[str, ...], place: int | None) -> str:
        if place is None:
            return "-3" if codes else skipped
        text = options[place]
        return str(place + 1) if codes else text + ("〖自助机〗" if text == "其他" else "")

    table = [[*HEADS, *(f"{number}、{one.text}" for number, one in enumerate(SURVEY.questions, 1))]]
    for number, sheet in enumerate(sheets, 1):
        table.append(
            [
                str(number), "2024/9/3 10:11:12", f"{20 + number % 100}秒", "微信", "N/A",
                f"121.2.3.{number % 250}(江苏-南通)",
                said(DEGREES, sheet.degrees[0]), said(DEGREES, sheet.degrees[1]),
                "┋".join(said(USES, place) for place in sheet.uses) or ("-2" if codes else ""),
                "→".join(said(USES, place) for place in sheet.order) or ("-2" if codes else ""),
                said(CHANNELS, sheet.channel),
            ]
        )  # fmt: skip
    return table


def xlsx(table: list[list[str]]) -> bytes:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": True}) as workbook:
        sheet = workbook.add_worksheet("答卷数据")
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def csv_text(table: list[list[str]], encoding: str = "gb18030", separator: str = ",") -> bytes:
    buffer = StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(table)
    return buffer.getvalue().encode(encoding)


def page(table: list[list[str]], encoding: str = "gb18030") -> bytes:
    """A web page called .xls, as older exports are."""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
    return f"<html><head><meta charset=gb2312></head><body><table>{rows}</table></body></html>".encode(encoding)


def satisfied_share(sheets: list[Sheet]) -> Decimal:
    """The share of satisfied answers, counted one by one."""
    given = [place for sheet in sheets for place in sheet.degrees if place is not None]
    return Decimal(sum(place < 2 for place in given)) / len(given)


def mean_share(sheets: list[Sheet]) -> Decimal:
    """The mean of the points over the highest, counted one by one."""
    given = [place for sheet in sheets for place in sheet.degrees if place is not None]
    return sum((POINTS[place] for place in given), Decimal(0)) / len(given) / 100
