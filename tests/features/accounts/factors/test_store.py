"""The check of a code at sign-in."""

import pytest

from flagstaff.features.accounts.factors.store import check_code, has_factor, owner_of
from flagstaff.features.accounts.store import get_owner
from flagstaff.kernel.errors import InvalidCode, SecondFactorRequired
from flagstaff.storage.kept_secrets import keep_secret
from flagstaff.storage.secrets import digest
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.factors.codes import SECRET, code_at
from tests.support.server import START, TestServer

RECOVERY = "abcd-efgh-ijkl-mnop"


@pytest.fixture
def guarded(server: TestServer) -> TestServer:
    """An owner with a second factor."""

    def unit(tx: Transaction) -> None:
        owner = get_owner(tx)
        keep_secret(tx, owner_of(owner), SECRET, server.secret_key)
        tx.run("INSERT INTO second_factors VALUES (:id, 1, 0, 0)", id=owner.id)
        tx.run("INSERT INTO recovery_codes VALUES (:id, :d)", id=owner.id, d=digest("abcdefghijklmnop"))

    server.write(unit)
    return server


def check(server: TestServer, code: str) -> None:
    server.write(lambda tx: check_code(tx, get_owner(tx), code, server.secret_key))


def test_who_has_no_second_factor_needs_no_code(server: TestServer) -> None:
    check(server, "")
    check(server, "123456")

    assert not server.read(lambda tx: has_factor(tx, get_owner(tx).id))


def test_a_code_is_asked_for(guarded: TestServer) -> None:
    with pytest.raises(SecondFactorRequired):
        check(guarded, " ")


@pytest.mark.parametrize("code", ["000000", "abcd-efgh-ijkl-mnoq", "x"])
def test_a_wrong_code_is_refused(guarded: TestServer, code: str) -> None:
    with pytest.raises(InvalidCode):
        check(guarded, code)


def test_a_code_is_taken_once_and_none_from_before_it(guarded: TestServer) -> None:
    check(guarded, code_at(START))

    for code in (code_at(START), code_at(START - 30_000)):
        with pytest.raises(InvalidCode):
            check(guarded, code)
    check(guarded, code_at(START + 30_000))


def test_a_recovery_code_is_taken_once(guarded: TestServer) -> None:
    check(guarded, RECOVERY.upper())

    with pytest.raises(InvalidCode):
        check(guarded, RECOVERY)


def test_without_the_secret_a_recovery_code_still_lets_in(guarded: TestServer) -> None:
    guarded.write(lambda tx: tx.run("DELETE FROM kept_secrets"))

    with pytest.raises(InvalidCode):
        check(guarded, code_at(START))
    check(guarded, RECOVERY)
