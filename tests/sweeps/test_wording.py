"""The audit log has words for whatever can be changed of a resource."""

import msgspec
import pytest

from flagstaff.features.accounts.model import Token
from flagstaff.features.accounts.oauth_clients import operations as clients
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.accounts.roles import descriptions as roles
from flagstaff.features.accounts.roles.model import Role
from flagstaff.features.accounts.tokens import operations as tokens
from flagstaff.features.integrations.big_segment_stores import operations as stores
from flagstaff.features.integrations.big_segment_stores.model import BigSegmentStore, RedisConfig
from flagstaff.features.integrations.webhooks import operations as webhooks
from flagstaff.features.integrations.webhooks.model import Webhook
from flagstaff.features.metrics import operations as metrics
from flagstaff.features.metrics.model import Metric
from flagstaff.features.projects.payload_filters import operations as payload_filters
from flagstaff.features.projects.payload_filters.model import PayloadFilter
from flagstaff.features.projects.relays import operations as relays
from flagstaff.features.projects.relays.model import RelayConfiguration
from flagstaff.features.usage.applications import operations as applications
from flagstaff.features.usage.applications.model import Application, ApplicationVersion
from flagstaff.kernel.descriptions import Wording

SETTLED = {"id", "key", "kind", "version", "created", "modified", "project_id", "environment_id"}


@pytest.mark.parametrize(
    ("wording", "model", "beside"),
    [
        (webhooks.WORDING, Webhook, {"is_signed", "ending", "notice"}),
        (tokens.WORDING, Token, {"member_id", "ending", "service", "default_api_version"}),
        (roles.WORDING, Role, set()),
        (relays.WORDING, RelayConfiguration, {"key_ending", "creator_id"}),
        (clients.WORDING, OAuthClient, {"public"}),
        (payload_filters.WORDING, PayloadFilter, set()),
        (metrics.WORDING, Metric, {"version_id"}),
        (stores.WORDING, BigSegmentStore, set()),
        (stores.WORDING, RedisConfig, set()),
        (applications.WORDING, Application, set()),
        (applications.WORDING, ApplicationVersion, {"application_key"}),
    ],
)
def test_whatever_can_change_has_a_name(
    wording: Wording, model: type[msgspec.Struct], beside: set[str]
) -> None:
    named = {*wording.texts, *wording.switches, *wording.lists, *wording.unshown}
    words = {part for path in named for part in path.split(".")}

    assert set(model.__struct_fields__) - words == (SETTLED | beside) & set(model.__struct_fields__) - words
