"""Segments, as a person makes, fills, changes and deletes them."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.console.holding import holding
from tests.support import calls
from tests.support.key_files import FORM, a_form
from tests.support.process import TOKEN, Process, wait_until

PLACE = "/grouped/test/segments"
API = "/segments/grouped/test"


@pytest.fixture(scope="module", autouse=True)
def project(server: Process) -> None:
    server.call("POST", "/projects", {"key": "grouped", "name": "Grouped"})


def _make(page: Page, name: str, *, big: bool = False) -> None:
    page.goto(f"{PLACE}?new")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Name").fill(name)
    if big:
        dialog.get_by_role("radio", name="a big segment").check()
    dialog.get_by_role("button", name="New segment").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_a_segment_is_made_filled_reviewed_saved_and_taken_back(page: Page, server: Process) -> None:
    _make(page, "Beta merchants")
    page.get_by_role("button", name="Edit included keys").click()
    keys = page.get_by_role("combobox", name="user: included keys")
    for key in ("ada", "grace"):
        keys.fill(key)
        keys.press("Enter")
    page.get_by_role("button", name="Add rule").click()
    rule = page.get_by_role("region", name="Rule 1")
    rule.get_by_role("combobox", name="Attribute").fill("plan")
    rule.get_by_label("Values").fill("gold")
    rule.get_by_label("Values").press("Enter")
    rule.get_by_role("textbox", name="Share that it lets in, in percent").fill("10")
    rule.get_by_role("textbox", name="Share that it lets in, in percent").blur()
    page.get_by_role("button", name="Review changes").click()

    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("grace")
    expect(dialog).to_contain_text("No context was seen in the last 24 h")
    page.go_back()
    expect(dialog).to_have_count(0)
    page.go_forward()
    page.reload()
    dialog.get_by_role("button", name="Save to Test").click()
    expect(page.get_by_text("Saved Beta merchants to Test")).to_be_visible()
    found = server.call("GET", f"{API}/beta-merchants")
    assert found["included"] == ["ada", "grace"]
    assert [one["weight"] for one in found["rules"]] == [10_000]

    page.get_by_role("textbox", name="Key of a context").fill("grace")
    expect(page.get_by_text("Yes, its key is listed.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("region", name="Rule 1")).to_have_count(0)
    assert server.call("GET", f"{API}/beta-merchants")["included"] == []
    page.get_by_role("link", name="Segments").first.click()
    page.get_by_role("searchbox").fill("beta merch, ")
    expect(page).to_have_url(re.compile(r"q=beta"))
    expect(page.get_by_text("No segment")).to_be_visible()
    page.get_by_role("searchbox").fill("beta merch")
    expect(page.get_by_role("link", name="Beta merchants", exact=True)).to_be_visible()


def test_a_segment_names_the_flags_that_ask_for_it_and_is_deleted(page: Page, server: Process) -> None:
    server.call("POST", API, {"key": "staff", "name": "Staff"})
    flag = server.call("POST", "/flags/grouped", {"key": "new-desk", "name": "New desk"})
    clause = {"attribute": "", "op": "segmentMatch", "values": ["staff"]}
    rule = {"kind": "addRule", "clauses": [clause], "variationId": flag["variations"][0]["_id"]}
    body = {"environmentKey": "test", "instructions": [rule]}
    server.call("PATCH", "/flags/grouped/new-desk", body, semantic=True)
    page.goto(f"{PLACE}/staff")
    expect(page.get_by_role("heading", name="Used by 1 flag")).to_be_visible()
    link = page.get_by_role("link", name="New desk")
    expect(link).to_have_attribute("href", "/grouped/test/flags/new-desk")
    expect(page.get_by_role("listitem").filter(has=link)).to_contain_text("rule 1")
    link.click()
    page.get_by_role("region", name="Rule 1").get_by_role("link", name="staff").click()
    expect(page.get_by_role("heading", name="Staff", level=1)).to_be_visible()
    body["instructions"] = [{"kind": "replaceRules", "rules": []}]
    server.call("PATCH", "/flags/grouped/new-desk", body, semantic=True)

    page.get_by_role("button", name="What can be done with this segment").click()
    page.get_by_role("menuitem", name="Delete segment").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Type staff to delete it").fill("staff")
    dialog.get_by_role("button", name="Delete segment").click()

    expect(page).to_have_url(PLACE)
    page.goto("/grouped/test/flags/new-desk")
    page.get_by_role("button", name="Add rule").click()
    page.get_by_role("combobox", name="Operator").click()
    page.get_by_role("option", name="is in segment", exact=True).click()
    page.get_by_role("combobox", name="Segments").press_sequentially("staff,")
    expect(page.get_by_text("You see no segment here called staff.")).to_be_visible()
    page.get_by_role("button", name="Discard").click()
    assert "staff" not in [one["key"] for one in server.call("GET", API)["items"]]


def test_a_file_fills_a_big_segment_and_its_keys_come_out_again(
    page: Page, server: Process, tmp_path: Path
) -> None:
    _make(page, "Merchants", big=True)
    file = tmp_path / "merchants.csv"
    file.write_text("".join(f"shop-{number}\n" for number in range(3_000)) + ",Shop without a key\n" * 120)
    page.get_by_role("button", name="Upload keys").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Upload", exact=True).click()
    expect(dialog.get_by_text("Choose a file first.")).to_be_visible()
    dialog.locator("input[type=file]").set_input_files(file)
    with holding(page, "POST", "**/api/v2/segments/**/imports") as take:
        dialog.get_by_role("button", name="Upload", exact=True).click()
        expect(dialog.get_by_text("0.0 MB is sent and checked")).to_be_visible()  # said of what takes long
        take().continue_()

    expect(page.get_by_text("All 3,000 keys of merchants.csv are in, 3,000 of them new.")).to_be_visible()
    expect(page.get_by_text("120 lines were skipped")).to_be_visible()
    page.get_by_role("button", name="Show which").click()
    report = page.get_by_role("region", name="Skipped lines")
    expect(report.get_by_role("row")).to_have_count(101)
    expect(report.get_by_role("row").nth(1)).to_contain_text("3,001the first column is empty")
    expect(report).to_contain_text("and 20 more")
    page.get_by_role("textbox", name="Key of a context").fill("shop-77")
    expect(page.get_by_text("Yes, its key is listed.")).to_be_visible()
    page.get_by_role("button", name="Export keys").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert len(Path(download.value.path()).read_text().split()) == 3_000

    page.get_by_role("button", name="Add or remove keys").click()
    dialog.get_by_role("textbox", name="Keys, one on each line").fill("shop-new\nshop-newer")
    dialog.get_by_role("button", name="Review").click()
    expect(page.get_by_role("button", name="Save to Test")).to_be_enabled()
    page.reload()  # what was typed is at hand again, to be reviewed anew
    expect(dialog.get_by_label("Keys, one on each line")).to_have_value("shop-new\nshop-newer")
    dialog.get_by_role("button", name="Review").click()
    page.get_by_role("button", name="Save to Test").click()
    expect(page.get_by_text("Saved Merchants to Test")).to_be_visible()
    expect(page.get_by_text("3,002 included, 0 excluded.")).to_be_visible()


def _send_and_pause(server: Process, segment: str, filename: str) -> None:
    """Let an import of 100,000 keys rest; one that is done before it can is followed by one of other keys."""
    for attempt in range(5):
        own = _send(server, segment, filename, f"{filename}-{attempt}")
        paused = calls.request(
            "PATCH",
            f"{server.url}/api/v2/flagstaff{own}",
            headers={"Authorization": TOKEN, "Content-Type": "application/json"},
            content=b'{"state": "paused"}',
        )
        if paused.status_code != 409:
            assert paused.json()["status"] == "paused"
            return
        _wait_for_imports(server, segment)
    raise AssertionError("every import was done before it could be paused")


def _wait_for_imports(server: Process, segment: str) -> None:
    wait_until(lambda: not server.call("GET", f"{API}/{segment}")["_importInProgress"], "no import is loaded")


def _send(server: Process, segment: str, filename: str, prefix: str) -> str:
    """Begin an import of keys that begin so; its path."""
    content = b"".join(f"{prefix}-{number}\n".encode() for number in range(100_000))
    begun = calls.request(
        "POST",
        f"{server.url}/api/v2{API}/{segment}/imports",
        headers={"Authorization": TOKEN, "Content-Type": FORM, "LD-API-Version": "beta"},
        content=a_form(content, filename, mode="merge"),
    )
    assert begun.status_code == 204, begun.text
    return f"{API}/{segment}/imports/{begun.headers['location'].split('/')[-1]}"


def test_an_import_rests_goes_on_and_is_given_up(page: Page, server: Process) -> None:
    server.call("POST", API, {"key": "wholesale", "name": "Wholesale", "unbounded": True})
    _send_and_pause(server, "wholesale", "first.csv")
    page.goto(f"{PLACE}/wholesale")
    resting = page.get_by_role("region", name="Keys from first.csv")
    expect(resting).to_contain_text("of 100,000 keys")
    expect(resting).to_contain_text("Paused at")

    resting.get_by_role("button", name="Give up").click()
    expect(page.get_by_text("first.csv was given up; none of its keys are in.")).to_be_visible()
    _wait_for_imports(server, "wholesale")

    _send_and_pause(server, "wholesale", "second.csv")
    resting = page.get_by_role("region", name="Keys from second.csv")
    expect(resting).to_contain_text("Paused at")
    resting.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("All 100,000 keys of second.csv are in, 100,000 of them new.")).to_be_visible()
