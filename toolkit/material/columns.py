"""Sheets and headings of 报告素材.xlsx; reading and writing share them."""

from toolkit.model.material import PROJECT_CHAPTERS

CHAPTER_SHEET, PROJECT_SHEET, NAME_SHEET = "章节素材", "项目素材", "可用数字"
CHAPTER, TEXT, GUIDANCE = "章节", "正文", "填写说明"
PROJECT_ID, PROJECT_NAME = "项目序号", "项目名称"
PROJECT_PARTS = tuple(chapter.name for chapter in PROJECT_CHAPTERS)
