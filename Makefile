# make demo   创建环境并在 39 个项目的样例上跑完整流程，结果在 demo-output/
# make test   安装测试所需的一切并运行测试
# make lint   代码规范、类型、模块边界
# make referee 请 LibreOffice 逐格重算五个样例的全部工作簿和两万条随机公式
# make office 用 Open XML SDK 的校验程序逐个检查五个样例工作区里的全部 Word、Excel 文件
# make fuzz   随机改动报送件内部结构，读取不得出错（FUZZ_ARGS="--seconds 600"）
# make hostile 把全部损坏和恶意文字放进报送件，整条流程逐条命令跑一遍
# make killed  run 写盘的六十个时刻、每条写盘命令的十二个时刻各断电一次（kill -9）再运行，与从未中断的逐字节比较；台账服务器和客户端轮流断电两百次
# make proof  往没有错误的报告里一次放进一个错误，共五千个，重写 docs/校核准确度.md（PROOF_ARGS="--count 500"）
# make bench  与同类做法并排测速（比值）
# make window 在真窗口（Xvfb）里走完南通样例整个流程，核对与命令行结果一致；随机停止十次、写满的磁盘、发邮件、逐页逐字号检查；
#             量窗口逻辑的分支覆盖率（不低于95%）、启动、内存、界面线程最长一次、两万行筛选（空闲的双核机器上十分钟以内）
# make screenshots 把窗口各页画成图片，存入 docs/window（浅色、深色，100%–200%）
# make bench-report 重新生成 benchmarks/report.md（对照版本、机器、日期、每项目标）
# make wheel   做安装包，在干净环境里装上并跑一遍（PYTHON=python3.13 换版本）
# make wheel-newest 同上，用 Debian 另一版本里的 Python 3.13（需要 root 和 debootstrap）
# make papers  物料清单（CycloneDX）和全部组件的许可证，写入 dist/
# make installer 做免安装文件夹 dist/jixiao，在没有 Python 的根目录里跑演示、窗口、复核；核对 Windows 安装脚本
# make docs    手册网站（MkDocs Material）和由文档字符串生成的接口说明，重画数据流图，写入 dist/site；坏链接即失败
# make manual  照手册的十二步逐条运行命令
# make samples 由 samples/*/*.md 重新生成样例工作簿
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONSTRAINTS := .ci/constraints.txt
# tests and commands start many programs: what Python compiled is kept, whatever the environment says
export PYTHONDONTWRITEBYTECODE :=
COMPILE := $(BIN)/python -m compileall -q -j 0 toolkit
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --constraint $(CONSTRAINTS)

.PHONY: docs manual wheel wheel-newest papers installer demo test referee office fuzz hostile killed lint bench bench-report window screenshots samples clean

demo: $(VENV)/.run
	$(BIN)/jixiao demo demo-output

test: $(VENV)/.test
	.ci/system-packages
	.ci/validator/install
	.ci/resavers/install
	$(BIN)/python -m pytest --numprocesses 2 --dist worksteal $(PYTEST_ARGS)

referee: $(VENV)/.test
	.ci/system-packages
	JIXIAO_REFEREE_N=20000 JIXIAO_REQUIRE_LIBREOFFICE=1 $(BIN)/python -m pytest tests/referee tests/formula/test_formula_referee.py

office: $(VENV)/.test
	.ci/system-packages
	.ci/validator/install
	JIXIAO_FULL=1 JIXIAO_REQUIRE_VALIDATOR=1 $(BIN)/python -m pytest tests/pipeline/test_office_files.py

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# rust-docxtpl owns the package docxtpl, so it has an environment of its own
$(VENV)-rust:
	$(PYTHON) -m venv $@
	$@/bin/python -m pip --disable-pip-version-check --quiet install rust-docxtpl==0.1.2

bench-report: $(VENV)/.test $(VENV)-rust
	$(BIN)/python benchmarks/report.py

bench: $(VENV)/.test $(VENV)-rust
	for benchmark in $(filter-out benchmarks/docx_peer.py,$(wildcard benchmarks/*.py)); do $(BIN)/python $$benchmark || exit 1; done

fuzz: $(VENV)/.test
	$(BIN)/python -m tests.collect.fuzz_returns $(FUZZ_ARGS)

hostile: $(VENV)/.test
	JIXIAO_FULL=1 $(BIN)/python -m pytest tests/pipeline/test_hostile_chain.py

killed: $(VENV)/.test
	JIXIAO_FULL=1 $(BIN)/python -m pytest tests/pipeline/test_killed_runs.py tests/ledger/test_ledger_on_a_server.py

window: $(VENV)/.test
	.ci/system-packages
	$(BIN)/python -m coverage run --branch --source=toolkit/desktop/state -m pytest -q tests/desktop --ignore-glob='*/test_window*.py'
	$(BIN)/python -m coverage report --show-missing --fail-under=95
	.ci/window-tests $(BIN)/python
	$(BIN)/python benchmarks/window_start.py
	$(BIN)/python benchmarks/window_table.py

screenshots: $(VENV)/.test
	.ci/system-packages
	$(BIN)/python samples/make_screenshots.py

proof: $(VENV)/.test
	$(BIN)/python -m tests.proof.harness $(PROOF_ARGS)

manual: $(VENV)/.test
	JIXIAO_FULL=1 $(BIN)/python -m pytest -q tests/test_manual.py

docs: $(VENV)/bin/python
	$(PIP) 'mkdocs>=1.6,<2' 'mkdocs-material>=9.5,<10' 'mkdocstrings[python]>=1,<2'
	$(BIN)/python samples/make_data_path.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

wheel:
	.ci/wheel $(PYTHON)

wheel-newest:
	.ci/wheel-newest

papers:
	.ci/release-papers $(PYTHON)

installer:
	.ci/system-packages
	.ci/installer $(PYTHON)

samples: $(VENV)/.run
	$(BIN)/python samples/make_nantong_returns.py
	$(BIN)/python samples/make_samples.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); $(PYTHON) -m pip install --quiet virtualenv && $(PYTHON) -m virtualenv --quiet $(VENV); }

$(VENV)/.run: pyproject.toml $(CONSTRAINTS) | $(VENV)/bin/python
	$(PIP) --editable '.[desktop,proof,referee]'
	$(COMPILE)
	touch $@

$(VENV)/.test: pyproject.toml $(CONSTRAINTS) | $(VENV)/bin/python
	$(PIP) --editable '.[desktop,proof,referee,test,lint,bench]'
	$(COMPILE)
	touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) demo-output build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
