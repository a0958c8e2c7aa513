"""设置: the evaluation's names, dates and marks; the mail accounts with a test; how the window looks."""

import os

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from toolkit.desktop.appearance import LOOKS, SIZES, dress
from toolkit.desktop.state import mail_account, settings
from toolkit.desktop.state.recent import settings_folder
from toolkit.desktop.state.session import Finished
from toolkit.desktop.widgets.elements import button, label
from toolkit.desktop.widgets.page import Page
from toolkit.operations import Json

_LONG = 40
"""Characters from which a setting is shown in several lines."""
_LINES_SHOWN, _LABEL = 4, 8


class SettingsPage(Page):
    """What is set where: in 方案.xlsx, on this computer, in the window."""

    name = "设置"
    sentence = "评价的设置写在 方案.xlsx；邮箱和外观只属于这台电脑"

    def build(self) -> None:
        """Put the page together."""
        self.action("打开方案", lambda: self.open_path("方案.xlsx"))
        self.keep = self.action("保存", self._save, is_main=True)
        self.rows: list[Json] = []
        self.typed: dict[str, QLineEdit | QPlainTextEdit] = {}
        self.accounts = mail_account.MailAccounts(settings_folder() / "邮件账户.json")
        self.accounts.load()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidget(label("先打开或新建一个评价，这里列出它的名称、日期和计分设置。", "quiet"))
        self.tabs = QTabWidget()
        self.tabs.addTab(self.area, "评价设置")
        self.tabs.addTab(self._mail(), "邮箱")
        self.tabs.addTab(self._look(), "界面")
        self.body.addWidget(self.tabs, 1)

    def entered(self) -> None:
        """Ask for the settings; what was typed and not saved stays."""
        if self.session.workspace and not settings.changed(self.rows, self._texts()):
            self.session.look("view settings", self._show)

    def _show(self, finished: Finished) -> None:
        self.say_of_look(finished.error)
        if finished.error:
            return
        self.rows, self.typed = finished.values["settings"], {}
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 12, 0)
        for title, rows in settings.grouped(self.rows).items():
            box = QGroupBox(title)
            form = _form(box)
            for row in rows:
                self.typed[row["name"]] = field = _field(row)
                form.addRow(_named(row["name"]), field)
            layout.addWidget(box)
        layout.addWidget(label("各检查项的容差写在 方案.xlsx 的《核查设置》表里。", "quiet"))
        layout.addStretch(1)
        self.area.setWidget(whole)

    def _texts(self) -> dict[str, str]:
        return {name: _text(field) for name, field in self.typed.items()}

    def _save(self) -> None:
        if self.tabs.currentIndex() == 1:
            self._save_mail()
        elif self.tabs.currentIndex() == 0:
            wanted = settings.changed(self.rows, self._texts())
            if wanted:
                self.start("settings change", self._saved, settings=wanted)
            else:
                self.say("没有改动。")

    def _saved(self, finished: Finished) -> None:
        self.say_end(finished)
        if finished.error:
            return
        faults = [f"《{found['sheet']}》{found['cell']}：{found['message']}" for found in finished.values["findings"]]
        if faults:
            self.say_trouble("没有保存：\n" + "\n".join(faults))
            return
        self.rows = []
        self.entered()
        self.say(f"已写入 方案.xlsx：{'、'.join(finished.values['changed'])}。")

    def _mail(self) -> QWidget:
        """Both accounts, and the button that tries them."""
        self.mail: dict[str, dict[str, QLineEdit | QComboBox]] = {}
        row = QHBoxLayout()
        for kind, title in mail_account.KINDS.items():
            box = QGroupBox(f"{title}邮箱（{kind.upper()}）")
            form = _form(box)
            self.mail[kind] = {}
            for name in (*mail_account.fields_of(kind), "password"):
                field = self._account_field(kind, name, title)
                self.mail[kind][name] = field
                form.addRow(mail_account.FIELDS.get(name, "口令（授权码）"), field)
            row.addWidget(box)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.addLayout(row)
        buttons = QHBoxLayout()
        buttons.addWidget(button("测试邮箱", self._try_mail))
        buttons.addWidget(
            label("测试只登录再退出，不发送也不读取邮件。口令存入系统钥匙串，不写进任何文件。", "quiet"), 1
        )
        layout.addLayout(buttons)
        layout.addStretch(1)
        return whole

    def _account_field(self, kind: str, name: str, title: str) -> QLineEdit | QComboBox:
        kept = self.accounts.accounts.get(kind, {}).get(name, "")
        field: QLineEdit | QComboBox
        if name == "security":
            field = QComboBox()
            for value, words in mail_account.SECURITIES.items():
                field.addItem(words, value)
            field.setCurrentIndex(max(0, field.findData(kept)))
        else:
            field = QLineEdit(kept)
            if name == "password":
                field.setEchoMode(QLineEdit.EchoMode.Password)
                field.setPlaceholderText("不改就不填")
        field.setAccessibleName(f"{title}{mail_account.FIELDS.get(name, '口令')}")
        return field

    def _save_mail(self) -> None:
        for kind, fields in self.mail.items():
            typed = {name: _account_text(field) for name, field in fields.items()}
            password = typed.pop("password")
            self.accounts.accounts[kind] = typed
            if password:
                self.accounts.passwords[kind] = password
        trouble = self.accounts.save()
        self.session.use_environment(self.accounts.environment(os.environ))
        self.say_trouble(trouble)
        if not trouble:
            self.say("邮箱设置已保存。")
        for kind, password in self.accounts.passwords.items():
            user = self.accounts.accounts[kind].get("user", "")
            if user:
                self.session.look("view mail keep", self._kept, kind=kind, user=user, password=password)

    def _kept(self, finished: Finished) -> None:
        if finished.error:
            self.say_end(finished)
        elif not finished.values["kept"]:
            self.say("邮箱设置已保存。这台电脑没有可用的系统钥匙串，口令只在窗口关闭以前有效。")

    def _try_mail(self) -> None:
        self._save_mail()
        self.start("view mail try", self._tried)

    def _tried(self, finished: Finished) -> None:
        if finished.error:
            self.say_end(finished)
            return
        words, is_ok = mail_account.tried_words(finished.values["accounts"])
        self.say(words) if is_ok else self.say_trouble(words)

    def _look(self) -> QWidget:
        """Light or dark, and the size of letters: applied at once, kept for the next start."""
        kept = QSettings("jixiao", "window")
        self.look, self.size_box = QComboBox(), QComboBox()
        for box, words, choices, key in (
            (self.look, "外观", LOOKS, "外观"), (self.size_box, "字号", SIZES, "字号")
        ):  # fmt: skip
            box.setAccessibleName(words)
            box.addItems(list(choices))
            box.setCurrentText(str(kept.value(key, next(iter(choices)))))
            box.currentTextChanged.connect(lambda _: self._apply_look())
        whole = QWidget()
        form = _form(whole)
        form.addRow("外观", self.look)
        form.addRow("字号", self.size_box)
        return whole

    def _apply_look(self) -> None:
        kept = QSettings("jixiao", "window")
        kept.setValue("外观", self.look.currentText())
        kept.setValue("字号", self.size_box.currentText())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, dark=LOOKS[self.look.currentText()], points=SIZES[self.size_box.currentText()])


def _form(parent: QWidget) -> QFormLayout:
    form = QFormLayout(parent)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    return form


def _named(words: str) -> QLabel:
    """A label as wide as in the other groups, so that fields stand under each other."""
    made = label(words)
    made.setMinimumWidth(made.fontMetrics().horizontalAdvance("国") * _LABEL)
    return made


def _field(row: Json) -> QLineEdit | QPlainTextEdit:
    """A line, or several for long contents."""
    field: QLineEdit | QPlainTextEdit
    if "\n" in row["value"] or len(row["value"]) > _LONG:
        field = QPlainTextEdit(row["value"])
        field.setFixedHeight(field.fontMetrics().lineSpacing() * _LINES_SHOWN + 16)
        field.setTabChangesFocus(True)
    else:
        field = QLineEdit(row["value"])
        field.setPlaceholderText(settings.HINTS.get(row["name"], ""))
    field.setAccessibleName(row["name"])
    return field


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()


def _account_text(field: QLineEdit | QComboBox) -> str:
    return str(field.currentData()) if isinstance(field, QComboBox) else field.text().strip()
