"""A server in which nothing stays that is done."""

from collections.abc import Callable
from typing import Any

from flagstaff.storage.transaction import Transaction
from tests.support.server import TestServer


def keep_nothing(server: TestServer) -> None:
    """From now on every write is done, answered and taken back, so that each call finds the same world."""
    write = server.database.write

    def rehearse(unit: Callable[[Transaction], Any]) -> Any:
        def run(tx: Transaction) -> Any:
            result = unit(tx)
            tx.discard()
            return result

        return write(run)

    server.database.write = rehearse  # type: ignore[method-assign]
