"""Fonts by role: exchanged in the styles, with what may stand in for them; nothing else of a template changes."""

from toolkit.resources import document_template_path
from toolkit.word.fonts import FONT_TABLE, Font, fonts_in, with_fonts
from toolkit.word.package import STYLES, parse, read_parts, w

TEMPLATE = document_template_path("整体报告（简版）.docx").read_bytes()


def font_of(docx: bytes, style: str) -> str:
    named = {node.find(w("name")).get(w("val")): node for node in parse(read_parts(docx)[STYLES]).iter(w("style"))}
    return str(next(named[style].iter(w("rFonts"))).get(w("eastAsia")))


def test_without_a_setting_a_template_stays_as_it_is() -> None:
    assert with_fonts(TEMPLATE, fonts_in({"正文字体": " ", "备注": "仿宋_GB2312"})) is TEMPLATE


def test_each_role_has_its_font() -> None:
    settings = {"标题字体": "方正小标宋简体", "正文字体": "仿宋_GB2312", "二级标题字体": "楷体_GB2312"}
    made = with_fonts(TEMPLATE, fonts_in(settings))
    assert font_of(made, "文件标题") == "方正小标宋简体"
    assert font_of(made, "公文正文") == "仿宋_GB2312"
    assert (font_of(made, "heading 1"), font_of(made, "heading 2")) == ("黑体", "楷体_GB2312")


def test_what_may_stand_in_for_a_font_is_declared() -> None:
    made = with_fonts(TEMPLATE, fonts_in({"正文字体": "仿宋_GB2312", "标题字体": "小标宋、华文中宋；宋体"}))
    declared = {
        node.get(w("name")): node.find(w("altName")).get(w("val"))
        for node in parse(read_parts(made)[FONT_TABLE]).iter(w("font"))
        if node.find(w("altName")) is not None
    }
    assert declared["小标宋"] == "华文中宋,宋体"
    assert declared["仿宋_GB2312"].startswith("仿宋,")
    assert fonts_in({"一级标题字体": "黑体"}) == {"一级标题字体": Font("黑体", ("SimHei",))}
