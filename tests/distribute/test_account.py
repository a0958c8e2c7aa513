"""Settings come from the environment or the keyring; a wrong one is named with what to do; TLS is not optional."""

import datetime as dt
import ipaddress
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from tests.distribute.mail_server import Handler, mail_server
from toolkit.distribute import Security, imap_account, smtp_account
from toolkit.distribute.account import keep_password
from toolkit.distribute.smtp import SmtpLine
from toolkit.errors import MailError

GOOD = {"JIXIAO_SMTP_HOST": "smtp.agency.cn", "JIXIAO_SMTP_USER": "pj@agency.cn", "JIXIAO_SMTP_PASSWORD": "secret"}


def test_what_is_not_said_has_a_safe_default() -> None:
    account = smtp_account(GOOD)
    assert (account.port, account.security, account.sender) == (465, Security.SSL, "pj@agency.cn")
    assert smtp_account(GOOD | {"JIXIAO_SMTP_SECURITY": "STARTTLS"}).port == 587
    assert "secret" not in repr(account)


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("HOST", "", "没有设置邮件服务器"),
        ("PASSWORD", "", "口令"),
        ("PASSWORD", "ｓｅｃｒｅｔ", "全角"),
        ("SECURITY", "tls", "不是加密方式"),
        ("SECURITY", "none", "只能用于本机"),
        ("PORT", "４６５", "不是可用的数字"),
        ("FROM", "评价组", "不是邮箱地址"),
    ],
)
def test_a_wrong_setting_is_named(setting: str, value: str, words: str) -> None:
    with pytest.raises(MailError, match=words) as error:
        smtp_account(GOOD | {f"JIXIAO_SMTP_{setting}": value})
    assert error.value.where == f"环境变量 JIXIAO_SMTP_{setting}"
    assert "secret" not in str(error.value)


class KeptPasswords(KeyringBackend):
    """A system's store, as the library sees one."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))


@pytest.fixture
def store() -> Iterator[KeptPasswords]:
    before, made = keyring.get_keyring(), KeptPasswords()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_a_password_may_lie_in_the_systems_keyring(store: KeptPasswords) -> None:
    assert keep_password("jixiao-imap", "pj@agency.cn", "from the keyring")
    assert store.kept == {("jixiao-imap", "pj@agency.cn"): "from the keyring"}
    account = imap_account({"JIXIAO_IMAP_HOST": "imap.agency.cn", "JIXIAO_IMAP_USER": "pj@agency.cn"})
    assert (account.password, account.folder) == ("from the keyring", "INBOX")
    with pytest.raises(MailError, match=r"没有邮箱 pj@agency\.cn 的口令.*keyring set jixiao-smtp pj@agency\.cn"):
        smtp_account(GOOD | {"JIXIAO_SMTP_PASSWORD": ""})


@pytest.mark.parametrize("missing", ["store", "library"])
def test_where_there_is_no_keyring_nothing_is_kept_and_the_environment_is_asked_for(
    missing: str, store: KeptPasswords, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing == "store":
        keyring.set_keyring(fail.Keyring())
    else:
        monkeypatch.setitem(sys.modules, "keyring", None)
    assert keep_password("jixiao-smtp", "pj@agency.cn", "secret") is False
    assert store.kept == {}
    with pytest.raises(MailError, match="JIXIAO_SMTP_PASSWORD"):
        smtp_account(GOOD | {"JIXIAO_SMTP_PASSWORD": ""})


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_the_line_is_encrypted_and_only_to_a_server_that_proves_who_it_is(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    options = {"tls_context": context, "require_starttls": True} if security == "starttls" else {"ssl_context": context}
    handler = Handler()
    with mail_server(handler, **options) as port:
        environ = {
            "JIXIAO_SMTP_HOST": "127.0.0.1",
            "JIXIAO_SMTP_PORT": str(port),
            "JIXIAO_SMTP_SECURITY": security,
            "JIXIAO_SMTP_FROM": "pj@agency.cn",
        }
        with pytest.raises(MailError, match="证书不可信"):
            SmtpLine(smtp_account(environ))
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with SmtpLine(smtp_account(environ)) as line:
            line.deliver("u@units.cn", b"Subject: x\r\n\r\n.dot\r\n", lambda: True)
    assert handler.boxes["u@units.cn"] == [b"Subject: x\r\n\r\n.dot\r\n"]
