"""Scans of signed pages: filed by their code, held against the workbook that counts."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from tests.collect.returned import IDENTITY, clean, context, read, template
from tests.small_scheme import PROJECTS, ROSTER, SMALL_SCHEME
from toolkit.collect import EvidenceFile, IsolatedReader, WorkerLimits, form_codes, match_evidence, signed_projects
from toolkit.excel.parts import WorkbookParts
from toolkit.excel.pictures import named_pictures
from toolkit.model.identity import PAGE_CODE_PICTURE, Identity, sign
from toolkit.ooxml.package import inflate
from toolkit.qr import Codes, codes_on

FOLDERS = {"1": ["甲"], "2": ["乙"]}
OTHERS = Identity("别处2023", b"o" * 32)


def code(project: int, identity: Identity = IDENTITY, scheme: str = SMALL_SCHEME.sha256, version: str = "") -> str:
    """What the code of a project's form says."""
    return sign(identity, PROJECTS[project].id, scheme, version or template().version).page_code


def scan(name: str, *codes: str, folder: str = "", damaged: bool = False) -> EvidenceFile:
    return EvidenceFile(name, folder, name + folder, 9, "图片", codes=codes, code_damaged=damaged)


def match(*files: EvidenceFile):
    submissions = {"1": read(clean()).submission, "2": read(clean(1)).submission}
    found = match_evidence(files, submissions, FOLDERS, SMALL_SCHEME, ROSTER, IDENTITY)
    told = [(finding.code, finding.project) for finding in found.findings if "EVID-08" <= finding.code <= "EVID-12"]
    return [(file.project, file.signed) for file in found.files], told, found


def pictures(form: bytes) -> list[bytes]:
    parts = WorkbookParts(form)
    return [inflate(parts.members[name]) for name in named_pictures(parts, PAGE_CODE_PICTURE)]


def test_both_pages_of_a_form_bear_its_code():
    for number, project in enumerate(PROJECTS):
        found = pictures(template().stamp(project))
        assert [codes_on(picture) for picture in found] == [Codes((code(number),))] * 2
        assert code(number).endswith(template().identity_of(project).signature[:16])
    assert pictures(template().stamp(PROJECTS[0])) == pictures(clean()), "filled in, it is still there"


def test_a_template_without_the_picture_makes_forms_without_a_code():
    assert not named_pictures(WorkbookParts(clean()), "另一幅图")


@pytest.mark.parametrize(
    ("file", "held", "told"),
    [
        (scan("扫描件0012.jpg", code(0)), [("1", True)], []),
        (scan("扫描件0012.jpg", code(1), folder="甲"), [("2", True)], []),
        (scan("两个项目.pdf", code(1), code(0), code(1)), [("1", True), ("2", True)], []),
        (scan("002_承诺.jpg", code(0)), [("1", True)], [("EVID-12", "1")]),
        (scan("x.jpg", code(0, scheme="f" * 64)), [("1", True)], [("EVID-09", "1")]),
        (scan("x.jpg", code(0, version="0" * 12)), [("1", True)], [("EVID-09", "1")]),
        (scan("x.jpg", code(0, OTHERS)), [("", True)], [("EVID-08", "")]),
        (scan("001_x.jpg", code(0, OTHERS)), [("", True)], [("EVID-08", "1")]),
        (scan("001_x.jpg", code(1)[:-1] + "x"), [("1", True)], [("EVID-10", "1")]),
        (scan("x.jpg", code(0), code(0)[:-1] + "x"), [("1", True)], [("EVID-10", "1")]),
        (scan("x.jpg", code(1)[:-1] + "x", code(0)), [("1", True)], [("EVID-10", "1")]),
        (scan("001_x.jpg", code(1).replace("|2|", "|99|")), [("1", True)], [("EVID-10", "1")]),
        (scan("001_承诺与盖章.jpg", damaged=True), [("1", True)], [("EVID-11", "1")]),
        (scan("盖 章页.jpg", folder="乙"), [("2", True)], [("EVID-11", "2")]),
        (scan("发票.jpg", damaged=True, folder="乙"), [("2", False)], []),
        (scan("E01_承诺书和签章页.pdf", folder="甲"), [("1", False)], []),
    ],
    ids=lambda value: value.name if isinstance(value, EvidenceFile) else "",
)
def test_whose_it_is_and_what_is_told(file, held, told):
    found = match(file)
    assert (found[0], found[1]) == (held, told)


def test_the_finding_names_both_seals():
    finding = next(one for one in match(scan("x.jpg", code(0, version="0" * 12)))[2].findings if one.code == "EVID-09")
    assert (finding.found, finding.expected) == (
        code(0, version="0" * 12)[-16:],
        template().identity_of(PROJECTS[0]).signature[:16],
    )


def test_signed_pages_are_no_evidence_of_any_item():
    """They are on nobody's list, are no twins of another project's, and a project with them alone sent no evidence."""
    both = match(scan("合订.pdf", code(0), code(1)))[2]
    assert {finding.code for finding in both.findings} <= {"EVID-01"}


def test_of_all_codes_only_those_of_forms_are_kept():
    hostile = ["https://example.com", "jixiao1|x", "jixiao1|" + "长" * 5 + "|1|a|b|c", "jixiao1|a|b|c|d|" + "e" * 999]
    assert form_codes([*hostile, code(0), code(0)]) == (code(0),)
    assert signed_projects([code(1), code(0), "jixiao1|a|b|c|d|e"], IDENTITY, ROSTER) == ("1", "2")


def test_a_hostile_code_says_nothing_that_is_obeyed():
    claims = replace(sign(OTHERS, "1", "0" * 16, "0" * 12), evaluation="=cmd|'/c calc'!A1\n" + "长" * 90)
    _, told, found = match(scan("x.jpg", claims.page_code))
    assert told == [("EVID-08", "")]
    assert len(found.findings[0].found) <= 40


def test_a_scan_is_looked_at_in_the_worker_and_its_death_costs_the_code_only():
    sheet = Image.new("L", (800, 1100), 255)
    sheet.paste(Image.open(BytesIO(pictures(clean())[0])), (300, 60))
    stream = BytesIO()
    sheet.rotate(90, expand=True).save(stream, "JPEG", quality=70)
    with IsolatedReader(context()) as reader:
        assert reader.codes(stream.getvalue()) == Codes((code(0),))
        assert reader.codes(b"\xff\xd8\xff broken") == Codes()
    with IsolatedReader(context(), WorkerLimits(seconds=0)) as reader:
        assert reader.codes(stream.getvalue()) == Codes(damaged=True)
