"""What signing in costs, and how often it may fail."""

import pytest
from argon2 import PasswordHasher

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


def test_members_and_unknown_accounts_cost_the_same_number_of_comparisons(
    server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    verify = PasswordHasher.verify

    def count(hasher: PasswordHasher, stored: str, password: str) -> bool:
        compared.append(stored[: len(COST)])
        return verify(hasher, stored, password)

    monkeypatch.setattr(PasswordHasher, "verify", count)
    costs = []
    for email in (OWNER_EMAIL, "nobody@example.com"):
        compared.clear()
        sign_in(server, email, "wrong")
        costs.append(list(compared))

    assert costs[0] == costs[1] == [COST]
