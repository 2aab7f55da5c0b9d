"""Projects and their settings, as a person makes, changes and deletes them."""

from playwright.sync_api import Page, expect

from tests.support.process import Process


def test_a_project_is_made_set_up_and_deleted(page: Page, server: Process) -> None:
    page.goto("/account/projects")
    expect(page.get_by_role("link", name="Default", exact=True)).to_be_visible()
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill("Warehouse")
    dialog.get_by_role("button", name="New project").click()
    expect(page.get_by_text("No flags yet")).to_be_visible()

    page.get_by_role("link", name="Settings").click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Warehouses")
    page.get_by_role("button", name="Save the project").click()
    expect(page.get_by_text("Saved Warehouses")).to_be_visible()
    page.get_by_role("checkbox", name="For SDKs with a client-side ID").check()
    page.get_by_role("textbox", name="Name of true").fill("Shown")
    page.get_by_role("button", name="Save for new flags").click()
    expect(page.get_by_text("Saved what new flags start from")).to_be_visible()
    defaults = server.call("GET", "/projects/warehouse/flag-defaults")
    assert defaults["booleanDefaults"]["trueDisplayName"] == "Shown"
    assert defaults["defaultClientSideAvailability"]["usingEnvironmentId"]

    page.get_by_role("button", name="Add context kind").click()
    dialog.get_by_role("textbox", name="Key of the kind").fill("organization")
    dialog.get_by_role("textbox", name="Name").fill("Organization")
    dialog.get_by_role("button", name="Save context kind").click()
    expect(page.get_by_role("row", name="Organization")).to_be_visible()

    page.get_by_role("button", name="Delete project").click()
    dialog.get_by_label("Type warehouse to delete it").fill("warehouse")
    dialog.get_by_role("button", name="Delete project").click()
    expect(page.get_by_text("Deleted the project Warehouses")).to_be_visible()
    assert "warehouse" not in [one["key"] for one in server.call("GET", "/projects")["items"]]
