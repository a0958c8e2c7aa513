"""What proof-reading costs: a report of 50 pages as .docx and as PDF, and many reports in one command.

The report is the overall report of the sample 南通, cut where LibreOffice has laid out its 50th page. Printed are the
CPU time of the whole command with its processes, beside what pdfplumber alone takes to read the words and tables of the
same PDF, and time and memory for an eighth, a quarter, half and all of 200 different reports. Goals: 2 s, 4 s, time in
line with the number, memory that does not grow.

    python benchmarks/proof_read.py [--reports 200]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path

import docx
import pdfplumber

from benchmarks.growth import measured
from toolkit.excel.libreoffice import print_document

PAGES = 50


def made(folder: Path) -> Path:
    """The demo's overall report."""
    subprocess.run([sys.executable, "-m", "toolkit", "demo", str(folder)], check=True, capture_output=True)
    return max(folder.glob("07-评价报告/*（完整版）.docx"), key=lambda path: path.stat().st_size)


def cut(report: Path, target: Path) -> bytes:
    """Write the report cut to 50 pages; its PDF."""
    whole = docx.Document(report)
    body = whole.element.body
    parts = [part for part in body if not part.tag.endswith("}sectPr")]
    least, most, printed = 1, len(parts), b""
    while least < most:
        middle = (least + most + 1) // 2
        data = _without(report, len(parts) - middle)
        printed = print_document(data)
        if _pages(printed) > PAGES:
            most = middle - 1
        else:
            least = middle
    target.write_bytes(_without(report, len(parts) - least))
    return print_document(target.read_bytes())


def _without(report: Path, count: int) -> bytes:
    document = docx.Document(report)
    body = document.element.body
    parts = [part for part in body if not part.tag.endswith("}sectPr")]
    for part in parts[len(parts) - count :]:
        body.remove(part)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _pages(data: bytes) -> int:
    with pdfplumber.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def read(*files: Path) -> tuple[float, float]:
    """CPU seconds of the command with its processes, and megabytes of the larger of them."""
    with tempfile.TemporaryDirectory() as out:
        seconds, megabytes, *_ = measured("proof", *files, "--out", out)
        return seconds, megabytes


def by_pdfplumber(data: bytes) -> float:
    """CPU seconds in which pdfplumber alone reads words and tables."""
    start = time.process_time()
    with pdfplumber.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text_lines(return_chars=False)
            page.extract_tables()
            page.close()
    return time.process_time() - start


def different(report: Path, folder: Path, count: int) -> list[Path]:
    """So many reports, each with one sentence of its own."""
    files = []
    for number in range(count):
        own = docx.Document(report)
        own.add_paragraph(f"本报告为第{number + 1}份。")
        files.append(folder / f"报告{number:03d}.docx")
        own.save(files[-1])
    return files


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reports", type=int, default=200)
    most = arguments.parse_args().reports
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        report, printed = folder / "报告.docx", folder / "报告.pdf"
        whole = made(folder / "demo")
        printed.write_bytes(cut(whole, report))
        peer = by_pdfplumber(printed.read_bytes())
        for name, file, goal in (("docx", report, 2.0), ("PDF", printed, 4.0)):
            cpu, memory = min(read(file) for _ in range(3))
            print(f"{name} of {_pages(printed.read_bytes())} pages: {cpu:.2f} s (goal {goal} s), {memory:.0f} MB")
        print(f"pdfplumber alone on the PDF: {peer:.2f} s")
        single = min(folder.glob("demo/07-评价报告/0*.docx"), key=lambda path: path.name)
        files = different(single, folder, most)
        for count in sorted({most // 8, most // 4, most // 2, most}):
            cpu, memory = read(*files[:count])
            print(f"{count} reports: {cpu:.2f} s, {cpu / count * 1000:.0f} ms each, {memory:.0f} MB")


if __name__ == "__main__":
    main()
