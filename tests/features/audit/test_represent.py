import pytest
from msgspec import UNSET

from flagstaff.features.accounts.model import Member, Token
from flagstaff.features.audit.model import AuditEntry
from flagstaff.features.audit.represent import Surroundings, represent_detail, represent_entry

ADA = Member(id="m1", email="ada@example.com", role="writer", first_name="Ada", last_name="Byron", created=0)
ROBOT = Token(id="t1", member_id="m1", name="Robot", ending="abcd", role="writer", service=True, created=0)
AROUND = Surroundings(
    "a1",
    {"m1": ADA},
    {"t1": ROBOT},
    projects={"p": "Product"},
    environments={("p", "test"): "Test environment"},
)


def an_entry(*, member: str = "", token: str = "", verb: str = "turned on the flag") -> AuditEntry:
    accesses = (("updateOn", "proj/p:env/test:flag/f"),)
    return AuditEntry(7, "e1", 5, "flag", "F", verb, "bullets", "", member, token, accesses, b"")


@pytest.mark.parametrize(
    ("entry", "name", "start"),
    [
        (an_entry(member="m1"), "Ada Byron", "[Ada Byron](mailto:ada@example.com) turned on"),
        (an_entry(token="t1"), "Robot", "Robot turned on"),
        (an_entry(member="m2"), "A former member or token", "A former member or token turned on"),
        (an_entry(token="t2"), "A former member or token", "A former member or token turned on"),
        (an_entry(), "Flagstaff", "Flagstaff turned on"),
    ],
)
def test_whoever_acted_is_named(entry, name, start):
    shown = represent_entry(entry, AROUND)
    assert shown.subject.name == name
    assert shown.title.startswith(start)


def test_a_change_in_one_environment_says_so_with_its_name():
    shown = represent_entry(an_entry(), AROUND)
    assert shown.title == "Flagstaff turned on the flag [F](/p/test/features/f) in `Test environment`"
    assert shown.parent.name == "Product"


def test_what_is_unknown_today_keeps_its_keys():
    shown = represent_entry(an_entry(), Surroundings("a1"))
    assert shown.title.endswith("in `test`")
    assert shown.parent.name == "p"


def test_a_member_and_a_token_are_shown_where_they_are_known():
    shown = represent_entry(an_entry(member="m1", token="t1"), AROUND)
    assert (shown.member.email, shown.member.first_name) == ("ada@example.com", "Ada")
    assert (shown.token.ending, shown.token.service_token) == ("abcd", True)
    former = represent_entry(an_entry(member="m2", token="t2"), AROUND)
    assert (former.member, former.token) == (UNSET, UNSET)


def test_a_detail_adds_the_versions():
    detail = represent_detail(an_entry(), AROUND, {"on": False}, UNSET)
    assert (detail.previous_version, detail.current_version) == ({"on": False}, UNSET)
    assert detail.title == represent_entry(an_entry(), AROUND).title
