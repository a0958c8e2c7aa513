"""整改: lines of what went back to the units and what came of it, and what sending back came to in words."""

from toolkit.operations import Json


def shown_line(line: Json) -> Json:
    """A line of operation ``view correction`` with its place and what was asked as text."""
    asked = f"{line['code']} {line['title']}".strip()
    return {**line, "place": f"{line['sheet']} {line['cell']}".strip(), "asked": asked}


def made_words(values: Json) -> str:
    """What operation ``correct`` came to: how many projects of how many units go back, and where the packages lie."""
    rows = values["projects"]
    if not rows:
        return "没有要退回的问题。"
    units = len({row["unit"] for row in rows})
    return f"已为 {units} 个单位的 {len(rows)} 个项目生成整改表和通知函，在“08-退回整改”文件夹；请发给单位。"
