"""The index of tags, read."""

import pytest

from flagstaff.features.system.store import list_tags
from flagstaff.storage.tags import index_tags
from flagstaff.storage.transaction import Transaction
from tests.support.server import TestServer

FLAG = (
    "INSERT INTO flags (id, project_id, key, name, created, archived, deprecated, temporary, kind, "
    "maintainer_id, maintainer_team_key, using_mobile_key, using_environment_id, tags, version, body) "
    "VALUES (:id, 'p', :id, '', 0, :archived, 0, 0, 'boolean', '', '', 0, 0, '', 1, '{}')"
)


@pytest.mark.parametrize(
    ("archived", "tags"), [(False, {"live", "both"}), (True, {"live", "both", "gone"})], ids=["live", "all"]
)
def test_tags_that_only_archived_flags_have_are_asked_for(
    server: TestServer, archived: bool, tags: set[str]
) -> None:
    def unit(tx: Transaction) -> set[tuple[str, str]]:
        tx.run(FLAG, id="live", archived=0)
        tx.run(FLAG, id="old", archived=1)
        index_tags(tx, "flag", "live", "p", ["live", "both"])
        index_tags(tx, "flag", "old", "p", ["both", "gone"])
        return set(list_tags(tx, "flag", "", archived=archived))

    assert server.write(unit) == {(tag, "p") for tag in tags}
