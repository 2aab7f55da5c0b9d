"""Persistent stores as the API shows them."""

from flagstaff.features.integrations.big_segment_stores.model import BigSegmentStore, RedisConfig
from flagstaff.features.integrations.big_segment_stores.represent import represent_store
from flagstaff.features.integrations.big_segment_stores.schemas import StoreStatusRep
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project


def test_a_store_is_shown_with_its_place_and_the_mask_of_its_password() -> None:
    project = Project(id="p", key="shop", name="Shop", created=1)
    environment = Environment(id="e", project_id="p", key="live", name="Live", color="00ff00", created=1)
    config = RedisConfig(host="redis.example.com", password_mask="********ish1", prefix="e")
    store = BigSegmentStore(
        id="s", project_id="p", environment_id="e", name="Store", config=config, created=1
    )

    shown = represent_store(project, environment, store, StoreStatusRep())

    assert shown.links["self"].href.endswith("/shop/live/redis/s")
    assert (shown.project_key, shown.environment_key) == ("shop", "live")
    assert shown.config["password"] == "********ish1"
