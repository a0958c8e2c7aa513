"""What goes wrong on a clerk's desk: every message Chinese, with the place and what to do, and the right exit code."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from toolkit.cli.app import app
from toolkit.resources import sample_dir

SAMPLE = sample_dir("nanchang-2022")
PLAN = ("--roster", SAMPLE / "项目清单.xlsx", "--scheme", SAMPLE / "方案.xlsx")


def said(*words: object, code: int) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.stderr or result.stdout


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A name with a space and Chinese characters, set up and without a return."""
    folder = tmp_path_factory.mktemp("评价") / "我的 评价"
    assert f'-w "{folder}"' in said("init", folder, *PLAN, code=0).replace("\n", "")
    return folder


def test_a_folder_where_a_file_is_needed_and_the_other_way_round(tmp_path: Path):
    a_file = tmp_path / "文件"
    a_file.write_bytes(b"x")
    place = f"位置：{a_file}"
    assert "需要一个文件，给出的是文件夹；位置：" in said("scheme", "check", tmp_path, code=3)
    assert place in said("score", "-w", a_file, code=3)
    assert place in said("init", a_file, *PLAN, code=3)
    assert place in said("demo", a_file, "--sample", "nanchang-2022", code=3)


def test_files_that_are_no_workbooks_are_named(tmp_path: Path):
    words = tmp_path / "清单.xlsx"
    words.write_text("序号,项目名称", encoding="utf-8")
    for line in (
        ("init", tmp_path / "新", "--roster", words, *PLAN[2:]),
        ("init", tmp_path / "新", *PLAN[:2], "--scheme", words),
        ("scheme", "check", words),
        ("scheme", "diff", SAMPLE / "方案.xlsx", words),
        ("template", "check", SAMPLE / "方案.xlsx", "--scheme", words),
    ):
        problem = said(*line, code=3)
        assert f"位置：{words}" in problem
        assert "另存为 .xlsx" in problem
    assert "找不到文件；位置：" in said("scheme", "explain", tmp_path / "无.xlsx", code=3)


def test_swapped_files_are_found_by_their_sheets(tmp_path: Path):
    problem = said("init", tmp_path / "新", "--roster", PLAN[3], "--scheme", PLAN[1], code=1)
    assert "这是方案，不是项目清单" in problem.replace("\n", "")
    assert "这是项目清单，不是方案" in problem.replace("\n", "")


def test_a_file_held_open_elsewhere(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    move = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target.name == "汇总总表.xlsx":
            raise PermissionError(13, "used by another process", str(self))
        return move(self, target)

    monkeypatch.setattr("toolkit.excel.files._PAUSES", ())
    monkeypatch.setattr(Path, "replace", locked)
    problem = said("aggregate", "-w", workspace, code=3)
    assert "汇总总表.xlsx；请这样处理：请先在 Excel 或 WPS 中关闭这个文件" in problem


def test_a_folder_one_may_not_write_to(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object) -> None:
        raise PermissionError(13, "denied", "/评价/方案.xlsx")

    monkeypatch.setattr("toolkit.pipeline.plan.setup.write_atomic", refused)
    problem = said("init", workspace.parent / "别处", *PLAN, code=3)
    assert problem.startswith("没有读写权限，或文件正被其他程序打开；位置：/评价/方案.xlsx；请这样处理：")


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("choose 1 abcdef --by 甲 --reason 乙", 3, "项目 1 没有可读的报送件"),
        ("choose 99 abcdef --by 甲 --reason 乙", 3, "项目清单中没有项目序号 99"),
        ("resolve 1 READ-45 --by 甲 --reason 乙 --waive", 3, "项目1没有报送件"),
        ("collect 不存在.xlsx", 3, "找不到要读取的文件或文件夹；位置：不存在.xlsx"),
        ("fetch", 3, "JIXIAO_IMAP_HOST"),
        ("send --email", 3, "JIXIAO_SMTP_HOST"),
        ("export 导出", 3, "汇总总表尚未生成"),
        ("verify", 1, "先运行 jixiao run"),
        ("collect", 0, "没有找到报送件。请把单位报来的文件放进 03-收件箱"),
        ("score", 0, "│ —        │ —        │ —"),
        ("correct", 0, "没有须退回整改的项目"),
        ("rounds", 0, "还没有退回整改的项目"),
    ],
)
def test_steps_out_of_order(tmp_path: Path, line: str, code: int, words: str):
    said("init", tmp_path, *PLAN, code=0)
    assert words in said(*line.split(), "-w", tmp_path, code=code)


def test_a_folder_within_an_evaluation_is_told_where_the_evaluation_is(tmp_path: Path):
    said("init", tmp_path / "甲评价", *PLAN, code=0)
    told = said("status", "-w", tmp_path / "甲评价/01-采集表", code=3)
    assert f'它在评价工作区“甲评价”里面：写 -w "{tmp_path / "甲评价"}"' in told


def test_no_workspace_and_no_sample(tmp_path: Path):
    assert "先用 jixiao init 建立评价工作区" in said("status", "-w", tmp_path, code=3)
    assert "可用的样例有：jiangsu-2022" in said("init", tmp_path / "新", "--sample", "beijing", code=3)


def test_a_fault_of_ours_is_calm_and_leaves_a_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("toolkit.pipeline.load", lambda _: 1 // 0)
    problem = said("score", "-w", tmp_path, code=70)
    assert problem.startswith("程序出错了（ZeroDivisionError），这不是您的数据的问题。")
    assert "ZeroDivisionError" in Path(problem.split("：")[-1].strip()).read_text(encoding="utf-8")
