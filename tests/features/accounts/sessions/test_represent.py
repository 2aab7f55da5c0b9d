"""Sessions from model to wire."""

from flagstaff.access.roles import BUILT_IN
from flagstaff.features.accounts.model import Member, session_caller
from flagstaff.features.accounts.sessions.model import Session
from flagstaff.features.accounts.sessions.represent import represent_open_session, represent_session

SESSION = Session(
    id="s1", member_id="m1", created=10, expires=90, address="10.0.0.1", user_agent="A browser", last_used=20
)
MEMBER = Member(id="m1", email="ada@example.com", role="writer", created=1)


def test_a_session_shows_its_member_and_its_end() -> None:
    shown = represent_session(
        SESSION, MEMBER, session_caller(MEMBER, (BUILT_IN["writer"],)), second_factor=True, position=7
    )

    assert (shown.id, shown.member.email, shown.created_at, shown.expires_at) == (
        "s1",
        "ada@example.com",
        10,
        90,
    )
    assert (shown.second_factor, shown.unseen, shown.position) == (True, (), 7)


def test_an_open_session_shows_where_it_is_and_whether_it_is_this_one() -> None:
    shown, other = represent_open_session(SESSION, "s1"), represent_open_session(SESSION, "s2")

    assert (shown.last_seen, shown.address, shown.user_agent) == (20, "10.0.0.1", "A browser")
    assert (shown.current, other.current) == (True, False)
