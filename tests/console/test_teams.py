"""Teams, as a person makes them, fills them and gives them roles."""

import pytest
from playwright.sync_api import Page, expect

from tests.console.accessibility import find_violations
from tests.support.process import Process


@pytest.fixture(scope="module", autouse=True)
def people(server: Process) -> None:
    policy = [{"effect": "allow", "resources": ["proj/*:env/*:flag/*"], "actions": ["updateOn"]}]
    server.call("POST", "/roles", {"key": "releaser", "name": "Releaser", "policy": policy})
    names = ("Grace", "Katherine", "Dorothy")
    people = [
        {"email": f"{name.lower()}@moon.example", "firstName": name, "role": "reader"} for name in names
    ]
    server.call("POST", "/members", people)


def test_a_team_is_made_with_members_gets_more_and_loses_one_with_an_undo(
    page: Page, server: Process
) -> None:
    page.goto("/account/teams")
    page.get_by_role("button", name="Create team").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Checkout crew")
    expect(dialog.get_by_label("Key")).to_have_value("checkout-crew")
    dialog.get_by_role("combobox", name="Members").fill("grace")
    page.get_by_role("option", name="grace@moon.example").click()
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Create team").click()

    expect(page.get_by_role("heading", name="Checkout crew")).to_be_visible()
    page.get_by_role("button", name="Add members").click()
    dialog.get_by_role("combobox", name="Members").fill("kath")
    page.get_by_role("option", name="katherine@moon.example").click()
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Add members").click()
    expect(page.get_by_role("row", name="Katherine")).to_be_visible()

    page.get_by_role("button", name="What can be done with Katherine").click()
    page.get_by_role("menuitem", name="Remove from team").click()
    expect(page.get_by_role("row", name="Katherine")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("row", name="Katherine")).to_be_visible()
    team = server.call("GET", "/teams/checkout-crew?expand=members")
    assert team["members"]["totalCount"] == 2


def test_a_file_with_a_faulty_line_is_reported_and_a_good_one_fills_the_team(
    page: Page, server: Process, axe: str
) -> None:
    server.call("POST", "/teams", {"key": "flight", "name": "Flight"})
    page.goto("/account/teams/flight?add=file")
    dialog = page.get_by_role("dialog")

    def upload(text: str) -> None:
        file = {"name": "people.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.set_input_files("input[type=file]", files=[file])  # type: ignore[list-item] # a FilePayload
        dialog.get_by_role("button", name="Add everybody in it").click()

    upload("email\ngrace@moon.example\nnobody@moon.example\n")
    expect(dialog.get_by_role("alert")).to_contain_text("1 of 2 lines cannot be used. Nobody was added.")
    expect(dialog.get_by_role("listitem")).to_contain_text("nobody@moon.example")
    assert find_violations(page, axe) == []

    upload("email\ngrace@moon.example\ndorothy@moon.example\n")
    expect(page.get_by_text("Added 2 members to Flight")).to_be_visible()
    expect(page.get_by_role("row", name="Dorothy")).to_be_visible()


def test_a_team_gets_roles_a_maintainer_and_attributes_and_is_deleted(
    page: Page, server: Process, axe: str
) -> None:
    server.call("POST", "/teams", {"key": "orbit", "name": "Orbit"})
    page.goto("/account/teams/orbit/access")
    page.get_by_role("combobox", name="Custom roles").click()
    page.get_by_role("option", name="Releaser").click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save roles")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Restored what you typed")).to_be_visible()
    page.get_by_role("button", name="Save roles").click()
    expect(page.get_by_text("Changed the roles of Orbit")).to_be_visible()

    page.get_by_role("button", name="Add maintainers").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("grace")
    page.get_by_role("option", name="grace@moon.example").click()
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Add maintainers").click()
    expect(page.get_by_role("button", name="Remove Grace as maintainer")).to_be_visible()

    page.get_by_role("button", name="Add attribute").click()
    page.get_by_role("textbox", name="Attribute", exact=True).fill("projects")
    for value in ("shop", "search"):
        page.get_by_role("combobox", name="Values: projects").fill(value)
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Save attributes").click()
    expect(page.get_by_text("Changed the role attributes of Orbit")).to_be_visible()
    assert find_violations(page, axe) == []
    team = server.call("GET", "/teams/orbit?expand=roles,maintainers")
    assert [role["key"] for role in team["roles"]["items"]] == ["releaser"]
    assert [one["email"] for one in team["maintainers"]["items"]] == ["grace@moon.example"]
    assert team["roleAttributes"] == {"projects": ["shop", "search"]}

    page.get_by_role("button", name="Delete team").click()
    page.get_by_role("dialog", name="Delete Orbit").get_by_role("button", name="Delete team").click()
    expect(page.get_by_role("heading", name="Teams")).to_be_visible()
    assert "orbit" not in [one["key"] for one in server.call("GET", "/teams")["items"]]
