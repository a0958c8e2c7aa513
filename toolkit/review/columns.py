"""The headings of sheet 评审意见, in order; reading and writing share them."""

SHEET = "评审意见"
HEADINGS = ("项目序号", "指标编号", "取值项", "核定值", "理由", "佐证", "评价人", "复核人")
