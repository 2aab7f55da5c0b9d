import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.integrations.webhooks.model import Webhook

PRODUCTION = "proj/*:env/production:flag/*"
FLAG = "proj/default:env/{}:flag/checkout;ops"


def a_webhook(*statements: Statement) -> Webhook:
    return Webhook(id="w1", url="https://example.com", on=True, statements=statements, created=0)


@pytest.mark.parametrize(
    ("statements", "environments", "wanted"),
    [
        ((), ["test"], True),
        ((Statement("allow", resources=(PRODUCTION,), actions=("*",)),), ["production"], True),
        ((Statement("allow", resources=(PRODUCTION,), actions=("*",)),), ["test"], False),
        ((Statement("allow", resources=(PRODUCTION,), actions=("*",)),), ["test", "production"], True),
        ((Statement("allow", resources=(PRODUCTION,), actions=("deleteFlag",)),), ["production"], False),
        (
            (
                Statement("allow", resources=("proj/*:env/*:flag/*",), actions=("*",)),
                Statement("deny", resources=(PRODUCTION,), actions=("*",)),
            ),
            ["production"],
            False,
        ),
    ],
)
def test_a_change_is_wanted_when_one_of_its_accesses_is_allowed(statements, environments, wanted):
    accesses = [("updateOn", FLAG.format(environment)) for environment in environments]
    assert a_webhook(*statements).wants(accesses) is wanted


def test_what_belongs_to_a_webhook_is_named_after_it():
    assert a_webhook().owner == a_webhook().resource.text == "webhook/w1"
