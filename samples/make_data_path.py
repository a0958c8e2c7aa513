"""Draws docs/数据流.svg, the way of the data from a scheme to an archive: ``python samples/make_data_path.py``.

Every package of the program that is a stage stands in the drawing (``tests/test_data_path.py``).
"""

import html
from pathlib import Path

TARGET = Path(__file__).parents[1] / "docs" / "数据流.svg"
WIDTH, HEIGHT, ACROSS, DOWN, MARGIN = 196, 64, 238, 104, 24
INK, LINE, STAGE, FILE = "#1F3864", "#8EA9C8", "#EAF1FB", "#FFF9DB"

BOXES = {
    "方案": (0, 0, "方案、项目清单", "方案.xlsx 项目清单.xlsx", ""),
    "指标库": (0, 1, "指标库、政策库", "library/", ""),
    "scheme": (1, 0, "读方案、校方案", "scheme", "scheme"),
    "generate": (2, 0, "生成采集表", "generate", "generate"),
    "distribute": (3, 0, "下发包、通知函、邮件", "distribute", "distribute"),
    "earlier": (2, 1, "申报表、上年表预填", "earlier_forms", "earlier_forms"),
    "单位": (4, 0, "责任单位填报、签章", "采集表、扫描件、佐证", ""),
    "collect": (4, 1, "收回：认、读、归一", "collect qr", "collect"),
    "migrate": (3, 1, "旧版采集表迁移", "migrate", "migrate"),
    "ledger": (5, 1, "台账和原件", "ledger 04-原件", ""),
    "checks": (4, 2, "核查、勾稽", "checks", "checks"),
    "correct": (5, 2, "退回整改", "correct", "correct"),
    "survey": (2, 2, "问卷", "survey", "survey"),
    "review": (3, 2, "评审、双人打分", "review", "review"),
    "fieldwork": (1, 2, "现场核查", "fieldwork", "fieldwork"),
    "people": (0, 2, "工作组、复核签字", "people", "people"),
    "scoring": (4, 3, "评分（公式、十进制）", "scoring rules formula", "scoring"),
    "problems": (3, 3, "问题与建议", "problems", "problems"),
    "material": (2, 3, "报告素材", "material", "material"),
    "aggregate": (5, 3, "汇总总表", "aggregate", "aggregate"),
    "report": (4, 4, "报告", "report word", "report"),
    "consultation": (3, 4, "征求单位意见", "consultation", "consultation"),
    "proof": (5, 4, "校核", "proof", "proof"),
    "handover": (1, 4, "几台电脑合并", "handover", "handover"),
    "archive": (2, 4, "归档、接续下一年", "archive", "archive"),
    "demo_data": (0, 4, "样例与模拟填报", "demo_data samples", "demo_data"),
}
"""Name → column, row, what it is, where it is, the stage's package ("" for what is no stage)."""

ARROWS = (
    """
    方案 scheme · 指标库 scheme · scheme generate · earlier generate · generate distribute · distribute 单位
    单位 collect · migrate collect · collect ledger · collect checks · checks correct · checks scoring · review scoring
    survey scoring · fieldwork scoring · scoring aggregate · scoring problems · material report · problems report
    aggregate report · report proof · report consultation · consultation archive
""".strip()
    .replace("\n", "·")
    .split("·")
)
"""The steps of the data. 工作组, 几台电脑合并 and 样例 go with all of them."""


def middle(name: str) -> tuple[float, float]:
    """The middle of a box."""
    column, row, *_ = BOXES[name]
    return MARGIN + column * ACROSS + WIDTH / 2, MARGIN + row * DOWN + HEIGHT / 2


def arrow(start: str, end: str) -> str:
    """A straight line between the edges of two neighbouring boxes."""
    (x1, y1), (x2, y2) = middle(start), middle(end)
    if y1 == y2:
        step = WIDTH / 2 if x2 > x1 else -WIDTH / 2
        x1, x2 = x1 + step, x2 - step
    elif x1 == x2:
        step = HEIGHT / 2 if y2 > y1 else -HEIGHT / 2
        y1, y2 = y1 + step, y2 - step
    else:
        y1, y2 = y1 + (HEIGHT / 2 if y2 > y1 else -HEIGHT / 2), y2 - (HEIGHT / 2 if y2 > y1 else -HEIGHT / 2)
    return f'<path d="M{x1:g},{y1:g} L{x2:g},{y2:g}" class="way"/>'


def drawing() -> str:
    """The SVG's text."""
    columns, rows = (1 + max(box[place] for box in BOXES.values()) for place in (0, 1))
    width, height = 2 * MARGIN + columns * ACROSS, 2 * MARGIN + rows * DOWN - (DOWN - HEIGHT)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" role="img">',
        "<title>从方案到归档：数据经过的各个阶段</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">',
        f'<path d="M0,0 L8,4 L0,8 z" fill="{INK}"/></marker></defs>',
        f"<style>.way{{stroke:{INK};stroke-width:1.6;fill:none;marker-end:url(#tip)}}</style>",
        f'<rect width="{width}" height="{height}" fill="#FFFFFF"/>',
    ]
    lines += [arrow(*pair.split()) for pair in ARROWS]
    lines.append(_back("correct", "单位"))
    for column, row, title, where, package in BOXES.values():
        x, y = MARGIN + column * ACROSS, MARGIN + row * DOWN
        fill = STAGE if package else FILE
        lines += [
            f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="{fill}" stroke="{LINE}"/>',
            _line(x, y + 27, 16, INK, title),
            _line(x, y + 49, 12, "#595959", where),
        ]
    return "\n".join([*lines, "</svg>", ""])


def _line(x: float, y: float, size: int, colour: str, text: str) -> str:
    """Text in the middle of a box."""
    place = f'x="{x + WIDTH / 2:g}" y="{y:g}" text-anchor="middle"'
    return f'<text {place} font-size="{size}" fill="{colour}">{html.escape(text)}</text>'


def _back(start: str, end: str) -> str:
    """A curve around the right edge: what goes back to the units."""
    (x1, y1), (x2, y2) = middle(start), middle(end)
    return (
        f'<path d="M{x1 + WIDTH / 2:g},{y1:g} C{x1 + WIDTH:g},{y1:g} {x1 + WIDTH:g},{y2:g} {x2 + WIDTH / 2:g},{y2:g}" '
        'class="way"/>'
    )


if __name__ == "__main__":
    TARGET.write_text(drawing(), encoding="utf-8")
