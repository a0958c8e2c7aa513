"""Ids of projects as people type them at a command."""

from dataclasses import replace
from datetime import datetime

import pytest

from toolkit import pipeline
from toolkit.model import Roster
from toolkit.pipeline.plan.evaluation import Evaluation

NOW = datetime(2026, 1, 5).astimezone()


@pytest.fixture(scope="module")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """An evaluation of the projects 1, 2, 3, 4 and 3-4."""
    folder = tmp_path_factory.mktemp("评价")
    pipeline.initialise(folder, "suzhou-anhui-2023", NOW)
    loaded = pipeline.load(folder)
    project = loaded.roster.projects[0]
    ids = ("1", "2", "3", "4", "3-4")
    return replace(loaded, roster=Roster(tuple(replace(project, id=number) for number in ids)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ()),
        ("2", ("2",)),
        ("1、２，2 4", ("1", "2", "4")),
        ("1-3", ("1", "2", "3")),
        ("4、1至2", ("4", "1", "2")),
        ("3-4", ("3-4",)),  # an id goes before what it could mean
        ("2-1", ("2-1",)),
        ("4-6", ("4", "5", "6")),
        ("甲-乙", ("甲-乙",)),
    ],
)
def test_a_list_of_projects_is_read_as_it_is_meant(evaluation: Evaluation, typed: str, meant: tuple[str, ...]) -> None:
    assert evaluation.project_ids(typed) == meant
