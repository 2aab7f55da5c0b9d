"""What signing in costs, and how often it may fail."""

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from flagstaff.features.accounts.store import find_login
from flagstaff.http.work_pool import WorkPool
from flagstaff.storage.transaction import Transaction
from tests.features.accounts.sessions.calls import sign_in, signed_in
from tests.support.server import OWNER_EMAIL, OWNER_PASSWORD, TestServer

COST = "$argon2id$v=19$m=65536,t=3,p=1$"


def test_too_many_failures_are_refused_even_with_the_right_password(server: TestServer) -> None:
    failed = [sign_in(server, password="wrong").status for _ in range(10)]

    answer = sign_in(server)

    assert failed == [401] * 10
    assert (answer.status, answer.code) == (429, "rate_limited")
    assert answer.headers["retry-after"] == "900"
    assert sign_in(server, address="203.0.113.9").status == 200
    server.clock.advance(seconds=900)
    assert sign_in(server).status == 200


def test_success_is_not_counted(server: TestServer) -> None:
    assert [sign_in(server).status for _ in range(12)] == [200] * 12


def test_the_file_with_the_first_login_goes_at_the_first_sign_in(server: TestServer) -> None:
    file = server.wired.config.first_login_file
    file.write_text("secret")
    assert sign_in(server, password="wrong").status == 401
    assert file.exists()

    signed_in(server)

    assert not file.exists()


def test_a_password_of_another_cost_is_hashed_anew_and_ends_no_session(server: TestServer) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(OWNER_PASSWORD)
    server.write(lambda tx: tx.run("UPDATE passwords SET hash = :hash", hash=cheap))
    first = signed_in(server)

    ((now,),) = server.rows("SELECT hash FROM passwords")
    assert now != cheap
    assert now.startswith("$argon2id$v=19$m=65536")
    assert server.get("/auth/session", as_=first).status == 200
    assert sign_in(server).status == 200


def test_members_and_unknown_accounts_cost_the_same_hashes_from_the_first_time_on(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = TestServer(template, tmp_path, hashing=WorkPool()).start()
    done: list[str] = []
    verify, make = PasswordHasher.verify, PasswordHasher.hash

    def count_verify(hasher: PasswordHasher, stored: str, password: str) -> bool:
        done.append(f"compared with {stored[: len(COST)]}")
        return verify(hasher, stored, password)

    def count_hash(hasher: PasswordHasher, password: str) -> str:
        done.append("hashed")
        return make(hasher, password)

    monkeypatch.setattr(PasswordHasher, "verify", count_verify)
    monkeypatch.setattr(PasswordHasher, "hash", count_hash)
    costs = []
    for email in ("nobody@example.com", OWNER_EMAIL):
        done.clear()
        sign_in(server, email, "wrong")
        costs.append(list(done))
    server.stop()

    assert costs[0] == costs[1] == [f"compared with {COST}"]


@pytest.mark.parametrize("email", [OWNER_EMAIL, "invited@example.com", "nobody@example.com"])
def test_an_account_is_asked_for_once_whether_there_is_one_or_not(server: TestServer, email: str) -> None:
    assert server.post("/api/v2/members", [{"email": "invited@example.com", "role": "reader"}]).status == 201

    def find(tx: Transaction) -> int:
        statements: list[str] = []
        tx.connection.set_trace_callback(statements.append)
        find_login(tx, email)
        tx.connection.set_trace_callback(None)
        return len(statements)

    assert server.read(find) == 1
