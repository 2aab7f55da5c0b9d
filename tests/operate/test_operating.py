"""Every procedure of docs/operating.md, run as it is written in a folder of its own."""

import http.client
import json
import re
import resource
import shutil
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest

from flagstaff.config import SETTINGS
from flagstaff.features.projects.operations import FIRST_ENVIRONMENTS
from flagstaff.http.mail import MailServer
from flagstaff.storage import schema
from tests.features.accounts.factors.codes import code_at
from tests.operate.procedures import DOCUMENT, Operator, read_procedures
from tests.support import calls
from tests.support.identity_provider import providing
from tests.support.mailbox import receiving_mail
from tests.support.process import TOKEN, wait_until
from tests.support.schemas import make_older

PROCEDURES = read_procedures()
TRIED: set[str] = set()
Test = Callable[..., None]
PROJECT = "/api/v2/projects/default"
PRODUCTION = f"{PROJECT}/environments/production"


def tries(*headings: str) -> Callable[[Test], Test]:
    """Marks a test as the one that runs the blocks under these headings."""
    TRIED.update(headings)
    needed = {
        word
        for heading in headings
        for block in PROCEDURES[heading]
        for word in ("curl", "openssl")
        if word in block
    }
    missing = [word for word in sorted(needed) if shutil.which(word) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{missing} is not installed")


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    """Someone in a folder where nothing is yet."""
    someone = Operator(tmp_path)
    yield someone
    if someone.server is not None:
        someone.server.kill()
        someone.server.wait(20)


@pytest.fixture
def running(operator: Operator) -> Operator:
    """Someone whose server runs, and has been started with TOKEN as its first access token."""
    operator.run(f"export FLAGSTAFF_ADMIN_TOKEN={TOKEN}\nflagstaff serve")
    return operator


def rename(running: Operator, name: str) -> int:
    patch = [{"op": "replace", "path": "/name", "value": name}]
    return running.call("PATCH", PROJECT, patch).status_code


def read_name(running: Operator) -> str:
    return str(running.call("GET", PROJECT).json()["name"])


def read_sdk_key(running: Operator) -> str:
    return str(running.call("GET", PRODUCTION).json()["apiKey"])


def poll(running: Operator, sdk_key: str) -> int:
    return running.ask("/sdk/latest-all", Authorization=sdk_key).status_code


def post_event(running: Operator, sdk_key: str) -> httpx.Response:
    event = {"kind": "custom", "key": "bought", "context": {"kind": "user", "key": "ada"}}
    headers = {"Authorization": sdk_key}
    return calls.post(f"{running.url}/bulk", json=[event], headers=headers)


def test_every_procedure_is_tried() -> None:
    assert PROCEDURES.keys() == TRIED


def test_every_setting_is_told_with_its_default() -> None:
    rows = re.findall(
        r"^\| `(FLAGSTAFF_\w+)` \| (?:`(.*?)`)? ?\| (.+) \|$", DOCUMENT.read_text(), re.MULTILINE
    )

    assert [(name, default) for name, default, _ in rows] == [(one.name, one.default) for one in SETTINGS]


@tries("Installing and starting")
def test_a_first_start(operator: Operator) -> None:
    serve, look = PROCEDURES["Installing and starting"]
    operator.run(serve)

    printed = operator.run(look).splitlines()

    assert [line.split(" ")[0] for line in printed[:3]] == ["login", "password", "access"]
    token = printed[2].removeprefix("access token ")
    assert operator.ask(PROJECT, Authorization=token).status_code == 200
    assert [line.split(":")[0] for line in printed[3:]] == [post.key for post in FIRST_ENVIRONMENTS]
    assert not (operator.home / "first-login.txt").exists()
    operator.stop()


@tries("Behind a proxy with TLS")
def test_behind_a_proxy(operator: Operator) -> None:
    (serve,) = PROCEDURES["Behind a proxy with TLS"]
    operator.run(serve)
    forwarded = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}

    assert operator.ask("/metrics").status_code == 200
    assert operator.ask("/metrics", **forwarded).status_code == 403
    log = operator.folder / "log"
    wait_until(lambda: "https://flags.example.com" in log.read_text(), "the address is in the log")
    operator.stop()


@pytest.mark.parametrize(
    ("name", "needed"),
    [
        (
            "nginx.conf",
            ["proxy_http_version 1.1", "proxy_buffering off", "proxy_read_timeout 5m", "X-Forwarded-For"],
        ),
        ("Caddyfile", ["flush_interval -1", "versions 1.1", "read_timeout 5m"]),
    ],
)
def test_the_examples_of_proxies_have_what_matters(name: str, needed: list[str]) -> None:
    (serve,) = PROCEDURES["Behind a proxy with TLS"]
    example = (DOCUMENT.parents[1] / "deploy" / name).read_text()

    assert [words for words in needed if words not in example] == []
    assert [words for words in re.findall(r"FLAGSTAFF_\w+=\S+", serve) if words not in example] == []


@tries("TLS without a proxy")
def test_tls_in_the_process(operator: Operator) -> None:
    serve, ask = PROCEDURES["TLS without a proxy"]
    operator.run(serve)
    context = ssl.create_default_context(cafile=operator.home / "certificate.pem")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    key = operator.run("flagstaff environments keys").split("SDK key ")[1].split(",")[0]

    assert json.loads(operator.run(ask)) == {"status": "ready"}
    with pytest.raises(httpx.TransportError):
        operator.ask("/healthz")
    with closing(http.client.HTTPSConnection("127.0.0.1", operator.port, context=context)) as connection:
        connection.request("GET", "/all", headers={"Authorization": key})
        with closing(connection.getresponse()) as stream:
            assert stream.readline() == b"event: put\n"
            operator.stop()
            assert stream.read().endswith(b"}\n\n")


@tries("Backup", "Restoring elsewhere")
def test_a_backup_of_a_running_server_is_restored_elsewhere(running: Operator) -> None:
    assert rename(running, "Before") == 200
    sdk_key = read_sdk_key(running)
    listed = running.run(PROCEDURES["Backup"][0])
    assert rename(running, "After") == 200
    running.stop()

    verified = running.run(PROCEDURES["Restoring elsewhere"][0])

    assert re.findall(r"^-rw-------.* (\S+)$", listed, re.MULTILINE) == [
        "backup.json",
        "events.db",
        "flagstaff.db",
        "secret.key",
    ]
    assert "The audit log holds." in verified
    assert read_name(running) == "Before"
    assert poll(running, sdk_key) == 200
    assert (running.home / "elsewhere" / "flagstaff.secret.key").exists()
    assert (running.home / "elsewhere" / "flagstaff-events.db").exists()
    running.stop()


@tries("Upgrading", "Going back after an upgrade")
def test_an_upgrade_and_the_way_back(running: Operator) -> None:
    assert rename(running, "Before") == 200
    running.stop()

    said = running.run(PROCEDURES["Upgrading"][0])
    assert said.splitlines()[-2:] == ["0.1.0", "The schema is up to date"]
    assert rename(running, "After") == 200
    running.stop()

    running.run(PROCEDURES["Going back after an upgrade"][0])
    assert read_name(running) == "Before"
    running.stop()


def test_a_database_of_an_older_version_is_copied_aside_and_upgraded(operator: Operator) -> None:
    path = operator.home / "flagstaff.db"
    oldest = make_older(path)

    said = operator.run("flagstaff migrate")

    (copy,) = operator.home.glob("flagstaff.db.before-*")
    assert said == f"Upgraded; the database as it was: {copy.name}\n"
    assert (schema.read_revision(copy), schema.read_revision(path)) == (oldest, schema.newest_revision())
    assert copy.stat().st_mode & 0o777 == 0o600


@tries("Disk full")
def test_a_full_disk_stops_changes_only_and_needs_no_repair(running: Operator) -> None:
    assert running.server is not None
    sdk_key, unlimited = read_sdk_key(running), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    assert rename(running, "Before") == 200

    # No file of the server may grow any more, whichever it is.
    resource.prlimit(running.server.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
    answer = running.call("PATCH", PROJECT, [{"op": "replace", "path": "/name", "value": "Lost"}])
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert (read_name(running), poll(running, sdk_key)) == ("Before", 200)
    told = post_event(running, sdk_key)
    assert (told.status_code, told.headers["retry-after"]) == (503, "5")

    resource.prlimit(running.server.pid, resource.RLIMIT_FSIZE, unlimited)
    assert rename(running, "After") == 200
    assert post_event(running, sdk_key).status_code == 202
    assert "The audit log holds." in running.run(PROCEDURES["Disk full"][0])
    running.stop()


@tries("The event store")
def test_what_becomes_of_events_is_shown(running: Operator) -> None:
    assert post_event(running, read_sdk_key(running)).status_code == 202
    shown = running.run(PROCEDURES["The event store"][0])
    assert "flagstaff_events_accepted_total 1.0" in shown
    assert "flagstaff_event_bodies_refused_total 0.0" in shown
    running.stop()
    for file in running.home.glob("flagstaff-events.db*"):
        file.unlink()
    running.start()
    assert post_event(running, read_sdk_key(running)).status_code == 202


@tries("Lost password")
def test_a_lost_password(running: Operator) -> None:
    (reset,) = PROCEDURES["Lost password"]

    assert running.run(reset, FLAGSTAFF_PASSWORD="a new password") == "admin@localhost has a new password\n"
    running.stop()


@tries("Mail")
def test_mail_is_sent(running: Operator) -> None:
    serve, look = PROCEDURES["Mail"]
    running.stop()
    with receiving_mail() as mailbox:
        here = re.sub(r"smtps://\S+", f"smtp://127.0.0.1:{mailbox.port}", serve)
        running.run(here)
        asked = calls.post(f"{running.url}/auth/resets", json={"email": "admin@localhost"})
        wait_until(lambda: bool(mailbox.mails), "the mail has come")
        wait_until(lambda: '"state":"done"' in running.run(look), "the mail is noted as sent")
    running.stop()

    assert asked.json() == {"mail": True}
    assert "https://flags.example.com/reset/reset-" in mailbox.mails[0].get_content()
    assert MailServer.parse(re.findall(r"smtps://\S+", serve)[0], "a@b").name == "flags@example.com"


@tries("Lost second factor")
def test_a_lost_second_factor(running: Operator) -> None:
    (remove,) = PROCEDURES["Lost second factor"]
    login = {"email": "admin@localhost", "password": "a new password"}
    running.run(PROCEDURES["Lost password"][0], FLAGSTAFF_PASSWORD=login["password"])
    with httpx.Client(base_url=running.url, headers={"Origin": running.url}, timeout=60) as browser:
        assert browser.post("/auth/sign-in", json=login).status_code == 200
        secret = browser.post("/auth/totp").json()["secret"]
        code = code_at(int(time.time() * 1000), secret)
        assert browser.post("/auth/totp/confirm", json={"code": code}).status_code == 200
        assert browser.post("/auth/sign-in", json=login).json()["code"] == "second_factor_required"

        running.run(remove)

        assert browser.get("/auth/session").status_code == 401
        assert calls.post(f"{running.url}/auth/sign-in", json=login).status_code == 200
    running.stop()


@tries("Access tokens")
def test_an_access_token_is_replaced(running: Operator) -> None:
    make, end = PROCEDURES["Access tokens"]

    new, first, second = running.run(make).splitlines()
    assert first.split(" ")[1] == f"...{TOKEN[-4:]}"
    assert second.split(" ")[1:] == [f"...{new[-4:]}", "writer", "Deployment"]
    running.run(end, OLD_TOKEN_ID=first.split(" ")[0])

    assert running.call("GET", PROJECT).status_code == 401
    assert running.ask(PROJECT, Authorization=new).status_code == 200
    running.stop()


@tries("Single sign-on")
def test_members_sign_in_with_a_provider(operator: Operator) -> None:
    with providing() as provider:
        provider.now, provider.claims = lambda: int(time.time()), {"email": "admin@localhost"}
        (serve,) = PROCEDURES["Single sign-on"]
        operator.run(serve.replace("https://login.example.com", provider.issuer))

        begun = operator.ask("/auth/oidc?next=/default")
        kept = begun.headers["set-cookie"].partition(";")[0]
        brought = provider.authorize(begun.headers["location"])
        back = operator.ask(f"/auth/oidc/callback?{urlencode(brought)}", Cookie=kept)

    assert (back.status_code, back.headers["location"]) == (302, "/default")
    session = back.headers["set-cookie"].partition(";")[0]
    shown = operator.ask("/auth/session", Cookie=session, Origin="https://flags.example.com").json()
    assert (shown["member"]["email"], shown["member"]["role"]) == ("admin@localhost", "owner")
    operator.stop()


@tries("Programs that act for members")
def test_a_program_is_registered_and_what_it_may_do_ends(running: Operator) -> None:
    register, look, end = PROCEDURES["Programs that act for members"]
    client = json.loads(running.run(register))
    assert client["_clientSecret"]
    own = {"client_id": client["_clientId"], "client_secret": client["_clientSecret"]}
    password = (running.home / "first-login.txt").read_text().split("password ")[1].splitlines()[0]
    signed_in = calls.post(
        f"{running.url}/auth/sign-in", json={"email": "admin@localhost", "password": password}
    )
    page = {"Cookie": signed_in.headers["set-cookie"].partition(";")[0], "Origin": running.url}
    asked = {"response_type": "code", "client_id": own["client_id"], "decision": "allow"}
    given = calls.post(f"{running.url}/oauth/authorize", json=asked, headers=page).json()
    code = parse_qs(urlsplit(given["redirectUri"]).query)["code"][0]
    fields = own | {"grant_type": "authorization_code", "code": code}
    issued = calls.post(f"{running.url}/oauth/token", data=fields).json()
    assert running.ask(PROJECT, Authorization=f"Bearer {issued['access_token']}").status_code == 200

    (item,) = json.loads(running.run(look))["items"]
    running.run(end, AUTHORIZATION_ID=item["_id"])

    assert (item["clientName"], item["scopes"]) == ("Release bot", ["reader"])
    assert running.ask(PROJECT, Authorization=f"Bearer {issued['access_token']}").status_code == 401
    running.stop()


@tries("SDK keys")
def test_an_sdk_key_is_replaced_while_the_old_one_works(running: Operator) -> None:
    old = read_sdk_key(running)

    shown = json.loads(running.run(PROCEDURES["SDK keys"][0]))

    assert shown["apiKey"] == read_sdk_key(running) != old
    assert (poll(running, old), poll(running, shown["apiKey"])) == (200, 200)
    running.stop()


@tries("The secret key has leaked")
def test_a_secret_key_that_has_leaked(running: Operator) -> None:
    sdk_key, before = read_sdk_key(running), (running.home / "flagstaff.secret.key").read_text()
    running.stop()

    running.run(PROCEDURES["The secret key has leaked"][0])

    assert (running.home / "flagstaff.secret.key").read_text() != before
    assert read_sdk_key(running) == sdk_key
    assert "holds" in running.run("flagstaff audit verify")
    running.stop()


@tries("The secret key is lost")
def test_a_secret_key_that_is_lost(running: Operator) -> None:
    copied, replaced = PROCEDURES["The secret key is lost"]
    old = read_sdk_key(running)
    running.run(PROCEDURES["Backup"][0])
    running.stop()
    key = running.home / "flagstaff.secret.key"

    key.unlink()
    running.run(copied)
    assert read_sdk_key(running) == old
    running.stop()

    key.unlink()
    running.run(replaced)
    assert read_sdk_key(running) != old
    assert (poll(running, old), poll(running, read_sdk_key(running))) == (200, 200)
    running.stop()


@tries("Several processes")
def test_several_processes(operator: Operator) -> None:
    operator.run(PROCEDURES["Several processes"][0])

    log = operator.folder / "log"
    wait_until(lambda: log.read_text().count("listening") == 2, "both workers listen")
    assert operator.ask("/readyz").status_code == 200
    operator.stop()


@tries("Connections")
def test_connections(running: Operator) -> None:
    printed = running.run(PROCEDURES["Connections"][0])

    assert '"streams":{"connections":0' in printed
    running.stop()


@tries("Health and metrics")
def test_health_and_metrics(running: Operator) -> None:
    printed = running.run(PROCEDURES["Health and metrics"][0])

    assert printed.startswith('{"status": "alive"}{"status": "ready"}')
    assert "flagstaff_audit_head_info{" in printed
    running.stop()


@tries("The audit log")
def test_the_audit_log_is_verified(running: Operator) -> None:
    plain, since, export = PROCEDURES["The audit log"]
    head = running.run(plain).split("Head: ")[1].strip()
    assert head in (running.folder / "log").read_text()
    assert rename(running, "After") == 200

    assert "The audit log holds." in running.run(since, HEAD=head)
    assert "audit.jsonl holds" in running.run(export)
    running.stop()
