"""A Neo4j server: how it is reached, and what its errors mean."""

import logging
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import neo4j
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    WriteServiceUnavailable,
)

from graphmodel.errors import QueryRefused, StoreDenied, StoreForeign, StoreProblem, StoreUnreachable, UsageProblem
from graphmodel.store.base import UNLIMITED, Limit, too_slow

# What the driver tells of its tries belongs to who wants it, and not on the terminal; what fails is raised.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

OLDEST = (5, 26)
IDLE = 60
"""Seconds after which a connection is tried before it is used: what stands between may have dropped it unseen."""

READING = 2
"""Seconds of trying again what only reads: somebody waits for it, and nothing is lost. It is tried three times."""


class Server:
    """A Neo4j server, or a cluster of them, by the official driver.

    Sessions that read say so: of a cluster a reader answers them, and every server refuses them what writes. What one
    session has written, the next one sees, on whichever member of a cluster it is; and the first one sees what anybody
    had written before.
    """

    def __init__(
        self, address: str, *, user: str, password: str, database: str, patience: float, authority: str
    ) -> None:
        """Remember where the server is; it is called when first asked.

        `patience`: seconds of trying again what writes. `authority`: the file of the certificates that the server's is
        checked by, where it is not one that the system trusts.
        """
        self.address = address
        self.user = user
        self.database = database
        self._password = password
        self._patience = patience
        self._authority = authority
        self._driver: neo4j.Driver | None = None
        self._connecting = threading.Lock()
        self._written = neo4j.GraphDatabase.bookmark_manager()

    def close(self) -> None:
        """Close the connections."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    @contextmanager
    def session(self, *, reading: bool = False, limit: Limit = UNLIMITED) -> Iterator[neo4j.Session]:
        """Give a session with the database, whose errors are ours."""
        access = neo4j.READ_ACCESS if reading else neo4j.WRITE_ACCESS
        with (
            self._translated(limit),
            self._connected().session(
                database=self.database,
                default_access_mode=access,
                bookmark_manager=self._written,
                max_transaction_retry_time=self.patience(reading=reading),
            ) as session,
        ):
            yield session

    def patience(self, *, reading: bool) -> float:
        """Return for how many seconds a session tries again what fails for the moment."""
        return min(READING, self._patience) if reading else self._patience

    def _connected(self) -> neo4j.Driver:
        """Return the driver; the first time, make sure that a server which we know answers."""
        with self._connecting:
            if self._driver is None:
                self._driver = self._made()
            return self._driver

    def _made(self) -> neo4j.Driver:
        driver = self._new_driver(self.address)
        try:
            refuse_old(driver.get_server_info().agent, self.address)
            self._catch_up(driver)
        except ServiceUnavailable as error:
            driver.close()
            raise error from self._reason() or error.__cause__
        except BaseException:
            driver.close()
            raise
        return driver

    def _catch_up(self, driver: neo4j.Driver) -> None:
        """Ask the writer of a cluster how far it is, so that readers wait until they are as far.

        Else a load would be planned by what a reader did not have yet, and undo what the load before it had done. As
        long as there is no writer, nobody can write, and what readers have is what there is.
        """
        if not self.address.startswith("neo4j"):
            return
        with (
            suppress(ServiceUnavailable, SessionExpired),
            driver.session(database=self.database, bookmark_manager=self._written) as session,
        ):
            session.run("RETURN 1").consume()

    def _new_driver(self, address: str) -> neo4j.Driver:
        address, trust = trusting(address, self._authority)
        return neo4j.GraphDatabase.driver(
            address,
            auth=(self.user, self._password),
            connection_timeout=5,
            liveness_check_timeout=IDLE,
            notifications_min_severity="OFF",
            user_agent="graphmodel",
            **trust,
        )

    def _reason(self) -> Exception | None:
        """Return why a server cannot be reached by TLS: where it routes, the driver does not tell."""
        if not self.address.startswith("neo4j+s"):
            return None
        with self._new_driver(self.address.replace("neo4j", "bolt", 1)) as direct:
            try:
                direct.verify_connectivity()
            except ServiceUnavailable as error:
                return error
        return None

    @contextmanager
    def _translated(self, limit: Limit) -> Iterator[None]:
        """Turn the driver's errors into ours."""
        try:
            yield
        except AuthError as error:
            raise StoreDenied(
                f"{self.address} refuses the user {self.user} with this password. "
                "Set NEO4J_USER and NEO4J_PASSWORD as the server has them."
            ) from error
        except (ServiceUnavailable, SessionExpired) as error:
            raise StoreUnreachable(
                _untrusted(self.address, error) or _without_writer(self.address, error) or _silent(self.address)
            ) from error
        except ClientError as error:
            raise self._refusal(error, limit) from error
        except ConfigurationError as error:
            raise StoreProblem(f"{self.address} is no address that the Neo4j driver knows: {error}") from error
        except (Neo4jError, DriverError) as error:
            raise StoreProblem(f"{self.address}: {error}") from error

    def _refusal(self, error: ClientError, limit: Limit) -> StoreProblem:
        code = error.code or ""
        if code.startswith("Neo.ClientError.Transaction.TransactionTimedOut"):
            return too_slow(limit)
        if code == "Neo.ClientError.Database.DatabaseNotFound":
            return StoreDenied(f'{self.address} has no database "{self.database}". Set NEO4J_DATABASE to one it has.')
        if code == "Neo.ClientError.Statement.AccessMode":
            return QueryRefused("Queries only read; this one writes. Data comes in by `graphmodel load`.")
        return QueryRefused(f"Neo4j does not run this query. {error.message}")


def trusting(address: str, authority: str) -> tuple[str, dict[str, Any]]:
    """Return the address and the settings by which the driver checks the server's certificate.

    Without an authority of one's own the scheme says it all: `+s` checks by those of the system, `+ssc` not at all. The
    driver takes others only where the scheme says nothing.

    Raises
    ------
    UsageProblem
        If the file of the authority cannot be read, or holds no certificate.
    """
    scheme, rest = address.split("://", 1)
    if not authority or not scheme.endswith("+s"):
        return address, {}
    try:
        ssl.create_default_context(cafile=authority)
    except (OSError, ssl.SSLError) as error:
        raise UsageProblem(
            f"NEO4J_CA_FILE names {authority}, which is no readable file of certificates (PEM). Name the certificate "
            "of the authority that signed the server's."
        ) from error
    settings = {"encrypted": True, "trusted_certificates": neo4j.TrustCustomCAs(authority)}
    return f"{scheme.removesuffix('+s')}://{rest}", settings


def refuse_old(agent: str, address: str) -> None:
    """Refuse a server that is older than the oldest on which graphmodel is tested."""
    found = re.search(r"(\d+)\.(\d+)", agent)
    if found and (int(found[1]), int(found[2])) < OLDEST:
        raise StoreForeign(f"{address} runs {agent}; graphmodel needs Neo4j {OLDEST[0]}.{OLDEST[1]} or later.")


def _silent(address: str) -> str:
    return (
        f"No Neo4j answers at {address}. Is it started, and is the address right? "
        "`docker compose up -d` starts one here; without --store the graph is kept in a file, with no server."
    )


def _without_writer(address: str, error: Exception) -> str:
    """Say that a cluster takes no writes; nothing if it is something else that is wrong."""
    if not isinstance(error.__cause__, WriteServiceUnavailable):
        return ""
    return (
        f"The cluster at {address} answers, but none of its members takes writes now. While it chooses one, try again "
        "in a minute; if it stays so, `SHOW DATABASES` on the server tells which members are down."
    )


def _untrusted(address: str, error: BaseException | None) -> str:
    """Say what is wrong with the server's certificate; nothing if it is something else that is wrong."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return (
                f"{address} shows a certificate that is not trusted: {error.verify_message.rstrip('.')}. Use the "
                "host name that the certificate is made for; if an authority of your own has signed it, set "
                "NEO4J_CA_FILE to that authority's certificate (PEM)."
            )
        if isinstance(error, ssl.SSLError):
            return (
                f"{address} does not answer by TLS. If the server is meant to have it, have it set up there; "
                "without it the address begins with neo4j:// or bolt://."
            )
        error = error.__cause__ or error.__context__
    return ""
