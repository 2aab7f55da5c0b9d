from flagstaff.features.accounts.authorizations import store
from flagstaff.features.accounts.authorizations.model import ACCESS, ACCESS_LASTS, REFRESH, Grant
from flagstaff.features.accounts.model import Member
from flagstaff.storage.transaction import Transaction
from tests.support.server import START, TestServer


def a_grant(grant_id: str = "g1", member_id: str = "m1") -> Grant:
    return Grant(
        id=grant_id,
        client_id="c1",
        member_id=member_id,
        scope="reader",
        redirect_uri="",
        code_expires=START + 1,
        created=START,
    )


def test_a_grant_is_found_by_its_code_as_it_was_stored(server: TestServer) -> None:
    def unit(tx: Transaction) -> None:
        code = store.add_grant(tx, a_grant())
        assert store.find_grant_of_code(tx, code) == a_grant() == store.find_grant(tx, "g1")
        assert store.find_grant_of_code(tx, "another") is None
        store.use_code(tx, a_grant())
        used = store.find_grant_of_code(tx, code)
        assert used is not None
        assert used.code_used

    server.write(unit)


def test_a_token_knows_its_client_and_its_member(server: TestServer) -> None:
    def unit(tx: Transaction) -> None:
        store.add_grant(tx, a_grant())
        secret = store.issue_token(tx, "g1", ACCESS, "reader")
        token = store.find_token(tx, secret)
        assert token is not None
        assert (token.kind, token.client_id, token.member_id) == (ACCESS, "c1", "m1")
        assert token.expires == START + ACCESS_LASTS
        store.drop_token(tx, secret)
        assert store.find_token(tx, secret) is None

    server.write(unit)


def test_the_grants_of_a_member_end_and_those_of_others_go_on(server: TestServer) -> None:
    def unit(tx: Transaction) -> None:
        for grant in (a_grant(), a_grant("g2", "m2")):
            store.add_grant(tx, grant)
            store.issue_token(tx, grant.id, REFRESH, "reader")
        store.drop_grants_of_member(tx, Member(id="m1", email="a@example.com", role="reader", created=1))
        assert [grant.id for grant in store.list_grants(tx)] == ["g2"]

    server.write(unit)
    assert (server.count("oauth_grants"), server.count("oauth_tokens")) == (1, 1)


def test_what_is_over_is_forgotten_and_what_may_still_come_is_not(server: TestServer) -> None:
    def begin(tx: Transaction) -> None:
        for name in ("old", "fresh"):
            store.add_grant(tx, a_grant(name))
        store.issue_token(tx, "fresh", REFRESH, "reader")
        store.drop_finished(tx)

    server.write(begin)
    assert server.count("oauth_grants") == 2  # a code lasts a minute
    server.clock.advance(seconds=60)
    server.write(store.drop_finished)
    assert server.rows("SELECT id FROM oauth_grants") == [("fresh",)]
