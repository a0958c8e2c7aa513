"""The address of a ledger on a bureau's PostgreSQL server; the driver is loaded only when one is opened."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from toolkit.errors import LedgerError

SCHEMES = ("postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Server:
    """A ledger on a server.

    Attributes:
        address: ``postgresql://user@host:port/database``; the password is best left to libpq's password file.
        log: which of the ledgers there: the hash of its first event, or any text that is one's own.
    """

    address: str
    log: str

    @classmethod
    def at(cls, address: str, log: str) -> Self:
        """The ledger ``log`` at an address that a person wrote.

        Raises:
            LedgerError: it is no address of a PostgreSQL server.
        """
        try:
            parts = urlsplit(address.strip())
            sound = parts.scheme in SCHEMES and bool(parts.hostname) and len(parts.path) > 1 and parts.port != 0
        except ValueError:
            sound = False
        if not sound:
            advice = "写成 postgresql://用户@服务器:端口/数据库，例如 postgresql://jixiao@10.1.2.3:5432/jixiao"
            raise LedgerError("台账地址写法不对", what_to_do=advice)
        return cls(address.strip(), log)

    @property
    def shown(self) -> str:
        """The address without password and settings, as it may stand in messages and records."""
        parts = urlsplit(self.address)
        user = f"{parts.username}@" if parts.username else ""
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{user}{parts.hostname}{port}{parts.path}"
