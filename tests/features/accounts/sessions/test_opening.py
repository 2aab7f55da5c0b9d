"""Where a session begins."""

from flagstaff.features.accounts.members.model import Sighting
from flagstaff.features.accounts.members.sightings import find_sighting
from flagstaff.features.accounts.sessions.opening import open_session
from flagstaff.features.accounts.sessions.store import find_session
from flagstaff.features.accounts.store import get_owner
from flagstaff.http.site import Visit
from flagstaff.storage.secrets import digest
from tests.support.client import SESSION
from tests.support.server import TestServer


def test_a_session_knows_its_visit_and_is_found_by_its_secret(server: TestServer) -> None:
    visit = Visit("203.0.113.9", "A phone")

    session, secret = server.write(lambda tx: open_session(tx, get_owner(tx), visit))

    assert (session.address, session.user_agent) == ("203.0.113.9", "A phone")
    assert server.read(lambda tx: find_session(tx, digest(secret))) == session


def test_a_member_has_been_seen_as_soon_as_a_session_begins(server: TestServer) -> None:
    ada = server.read(get_owner)

    server.write(lambda tx: open_session(tx, ada, Visit()))

    assert server.read(lambda tx: find_sighting(tx, ada.id)) == Sighting(server.clock())


def test_the_session_that_the_browser_had_ends_and_no_other(server: TestServer) -> None:
    _, other = server.write(lambda tx: open_session(tx, get_owner(tx), Visit()))

    server.write(lambda tx: open_session(tx, get_owner(tx), Visit(session=SESSION)))

    assert server.read(lambda tx: find_session(tx, digest(SESSION))) is None
    assert server.read(lambda tx: find_session(tx, digest(other))) is not None


def test_a_planted_secret_opens_nothing(server: TestServer) -> None:
    _, secret = server.write(lambda tx: open_session(tx, get_owner(tx), Visit(session="session-planted")))

    assert secret != "session-planted"
    assert server.read(lambda tx: find_session(tx, digest("session-planted"))) is None
