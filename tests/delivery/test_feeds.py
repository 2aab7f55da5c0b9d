"""Who is told that keys may have changed."""

from flagstaff.delivery.feeds import Feeds
from flagstaff.storage.transaction import EnvironmentChange, Item


def a_change(environment: str, *kinds: str) -> EnvironmentChange:
    return EnvironmentChange(environment, 2, tuple(Item(environment, kind, "k", None) for kind in kinds))


async def test_followers_of_the_environment_are_told_of_segments() -> None:
    feeds = Feeds()
    with feeds.following("e") as news, feeds.following("other") as other:
        feeds.announce(a_change("e", "flags"))
        assert not news.is_set()
        feeds.announce(a_change("e", "flags", "segments"))
        assert (news.is_set(), other.is_set()) == (True, False)
        feeds.announce(a_change("other"))  # what has changed is not known
        assert other.is_set()


async def test_at_the_end_all_are_told() -> None:
    feeds = Feeds()
    with feeds.following("e") as news:
        feeds.close()
        assert (news.is_set(), feeds.closing) == (True, True)
    assert feeds._waiting == {}
