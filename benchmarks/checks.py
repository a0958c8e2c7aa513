"""Checks of 39 projects (limit: 0.5 s) and of 10,000 (linear): ``python benchmarks/checks.py``, in about a minute."""

import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.samples.evaluations import evaluation
from toolkit.checks import Case, check_batch, check_submission
from toolkit.model import Layout, Roster

SAMPLE = evaluation("nantong-2024")
LAYOUT = Layout("bench", {})


def measure(times: int) -> tuple[int, float]:
    known = SAMPLE.submissions()
    projects = [
        replace(one, id=f"{copy}-{one.id}", name=f"{one.name}{copy}")
        for copy in range(times)
        for one in SAMPLE.roster.projects
        if one.id in known
    ]
    returned = {one.id: replace(known[one.id.partition("-")[2]], sha256=one.id) for one in projects}
    start = time.process_time()
    for one in projects:
        check_submission(Case(SAMPLE.scheme, one, returned[one.id], LAYOUT))
    check_batch(SAMPLE.scheme, Roster(tuple(projects)), returned)
    return len(projects), time.process_time() - start


if __name__ == "__main__":
    measure(1)
    few, first = measure(1)
    some, second = measure(26)
    many, third = measure(264)
    print(f"{few} projects: {first:.3f} s of CPU; {some}: {second:.2f} s; {many}: {third:.1f} s")
    print(f"each: {first / few * 1000:.2f}, {second / some * 1000:.2f}, {third / many * 1000:.2f} ms")
    assert first <= 0.5, "39 projects in half a second"
    assert third / many <= 1.5 * second / some, "linear time"
