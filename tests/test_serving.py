"""Running the server: its sockets, its certificate, its first start, and what uvicorn is told."""

import gc
import resource
import socket
import ssl
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from flagstaff.config import Config, InvalidSetting, load_config
from flagstaff.features.accounts.identities import identify
from flagstaff.features.accounts.passwords import verify_password
from flagstaff.features.accounts.store import find_password_hash, get_owner
from flagstaff.features.accounts.tokens.store import list_tokens
from flagstaff.serving import (
    calm_collector,
    configure_uvicorn,
    load_tls,
    open_listeners,
    prepare,
    raise_file_limit,
)
from flagstaff.storage.database import Database
from flagstaff.storage.schema import NewerSchema, newest_revision, read_revision
from flagstaff.storage.secrets import InvalidSecretKey
from tests.support.certificates import Certificate, make_certificate
from tests.support.schemas import make_older
from tests.support.server import TestServer

HERE = "127.0.0.1"


def configure(folder: Path, **settings: str) -> Config:
    url = f"sqlite:///{folder / 'flagstaff.db'}"
    return load_config(
        {"FLAGSTAFF_DATABASE_URL": url, **{f"FLAGSTAFF_{name}": value for name, value in settings.items()}}
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def test_a_free_port_is_shared_by_all_addresses_of_the_host(tmp_path: Path) -> None:
    listeners = open_listeners(configure(tmp_path, HOST="localhost", PORT="0"))

    ports = {listener.getsockname()[1] for listener in listeners}
    for listener in listeners:
        listener.close()
    assert len(ports) == 1
    assert ports != {0}


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with closing(socket.create_server((HERE, 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            InvalidSetting, match=f"cannot listen on 127.0.0.1:{port}: Address already in use"
        ):
            open_listeners(configure(tmp_path, PORT=str(port)))


@pytest.mark.parametrize("host", ["192.0.2.77", "x" * 64])
def test_an_address_that_is_not_ours_is_told_in_one_line(tmp_path: Path, host: str) -> None:
    with pytest.raises(InvalidSetting, match=f"cannot listen on {host}:8080: "):
        open_listeners(configure(tmp_path, HOST=host))


def test_without_a_certificate_there_is_no_tls(tmp_path: Path) -> None:
    assert load_tls(configure(tmp_path)) is None


def test_tls_is_1_2_or_newer(tmp_path: Path, certificate: Certificate) -> None:
    context = load_tls(
        configure(tmp_path, TLS_CERTIFICATE=str(certificate.file), TLS_KEY=str(certificate.key))
    )

    assert context is not None
    assert context.minimum_version is ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("wrong", ["missing.pem", "certificate.pem", "locked.pem"])
def test_a_certificate_that_cannot_be_used_is_told_in_one_line(
    tmp_path: Path, certificate: Certificate, wrong: str
) -> None:
    key = str(certificate.key.with_name(wrong))
    with pytest.raises(InvalidSetting, match="FLAGSTAFF_TLS_CERTIFICATE and FLAGSTAFF_TLS_KEY: "):
        load_tls(configure(tmp_path, TLS_CERTIFICATE=str(certificate.file), TLS_KEY=key))


def verify(database: Database, password: str) -> bool:
    stored = database.read_now(lambda tx: find_password_hash(tx, get_owner(tx)))
    return stored is not None and verify_password(stored, password)


def test_the_first_start_generates_what_the_operator_does_not_give(tmp_path: Path) -> None:
    started = prepare(configure(tmp_path, ADMIN_EMAIL="Ada@example.com"))

    with closing(started.database) as database:
        assert database.read_now(get_owner).email == "ada@example.com"
        assert verify(database, started.password)
        assert database.read_now(lambda tx: identify(tx, started.token)) is not None
    assert {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {
        "flagstaff.db": 0o600,
        "flagstaff-events.db": 0o600,
        "flagstaff.secret.key": 0o600,
    } | {path.name: 0o600 for path in tmp_path.glob("flagstaff.db-*")}


def test_what_the_operator_gives_is_used_and_not_shown(tmp_path: Path) -> None:
    started = prepare(configure(tmp_path, ADMIN_PASSWORD="correct horse", ADMIN_TOKEN="x" * 32))

    with closing(started.database) as database:
        assert verify(database, "correct horse")
        assert database.read_now(lambda tx: identify(tx, "x" * 32)) is not None
    assert (started.password, started.token) == ("", "")


def test_a_later_start_changes_nothing(tmp_path: Path) -> None:
    first = prepare(configure(tmp_path))
    first.database.close()

    second = prepare(configure(tmp_path, ADMIN_PASSWORD="something else", ADMIN_TOKEN="y" * 32))

    with closing(second.database) as database:
        assert (second.password, second.token) == ("", "")
        assert verify(database, first.password)
        assert database.read_now(lambda tx: identify(tx, "y" * 32)) is None


def test_an_older_database_is_copied_aside_and_brought_up_to_date(tmp_path: Path) -> None:
    config = configure(tmp_path)
    oldest = make_older(config.database)

    started = prepare(config)

    started.database.close()
    assert started.copy is not None
    assert (read_revision(started.copy), read_revision(config.database)) == (oldest, newest_revision())
    again = prepare(config)
    again.database.close()
    assert again.copy is None


def test_the_demo_shows_the_same_token_at_every_start(tmp_path: Path) -> None:
    shown = []
    for demo in (True, True, False, True):
        started = prepare(configure(tmp_path), demo=demo)
        shown.append(started.token)
        started.database.close()

    assert shown == [shown[0], shown[0], "", shown[0]]
    with closing(prepare(configure(tmp_path)).database) as database:
        assert len(database.read_now(list_tokens)) == 4  # the owner has one, and each who has joined
        assert database.read_now(lambda tx: identify(tx, shown[0])) is not None


def test_an_installation_becomes_a_demo_by_one_more_token(tmp_path: Path) -> None:
    prepare(configure(tmp_path, ADMIN_TOKEN="x" * 32)).database.close()

    started = prepare(configure(tmp_path), demo=True)

    with closing(started.database) as database:
        assert database.read_now(lambda tx: identify(tx, started.token)) is not None
        assert [token.name for token in database.read_now(list_tokens)] == ["First token", "Demo"]


def test_a_password_that_breaks_the_rules_is_refused_by_its_setting(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="FLAGSTAFF_ADMIN_PASSWORD: A password needs 8"):
        prepare(configure(tmp_path, ADMIN_PASSWORD="short"))


def test_a_database_of_another_key_or_of_a_newer_version_is_not_opened(tmp_path: Path) -> None:
    started = prepare(configure(tmp_path))
    with pytest.raises(InvalidSecretKey):
        prepare(configure(tmp_path, SECRET_KEY="ab" * 32))
    with closing(started.database) as database:
        database.write_now(lambda tx: tx.run("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema):
        prepare(configure(tmp_path))


PROXY, STRANGER, CLIENT = "10.0.0.1", "192.0.2.1", "203.0.113.9"


@pytest.fixture
def behind_proxy(server: TestServer, tmp_path: Path) -> TestServer:
    """The server as uvicorn calls it, which trusts the proxies in one network."""
    told = configure_uvicorn(configure(tmp_path, TRUSTED_PROXIES="10.0.0.0/8"), server.wired, None)
    told.load()
    server._asgi = told.loaded_app
    return server


def fail(server: TestServer, peer: str, forwarded: str) -> int:
    return server.get(
        "/api/v2/projects", as_="wrong", address=peer, headers={"X-Forwarded-For": forwarded}
    ).status


def test_a_proxy_is_believed_whom_it_forwards_for(behind_proxy: TestServer) -> None:
    statuses = [fail(behind_proxy, PROXY, f"1.1.1.{i % 200}, {CLIENT}") for i in range(501)]

    assert statuses == [401] * 500 + [429]
    assert fail(behind_proxy, PROXY, "203.0.113.10") == 401
    assert fail(behind_proxy, CLIENT, "") == 429


def test_anybody_else_is_not(behind_proxy: TestServer) -> None:
    statuses = [fail(behind_proxy, STRANGER, f"203.0.113.{i % 250}") for i in range(501)]

    assert statuses == [401] * 500 + [429]
    assert fail(behind_proxy, PROXY, STRANGER) == 429


def test_without_trusted_proxies_nobody_is(server: TestServer, tmp_path: Path) -> None:
    told = configure_uvicorn(configure(tmp_path), server.wired, None)
    told.load()

    assert told.loaded_app is server.wired.asgi


def test_nothing_tells_the_version_of_the_server_and_paths_are_not_logged(
    server: TestServer, tmp_path: Path
) -> None:
    told: Any = configure_uvicorn(configure(tmp_path), server.wired, None)

    assert (told.server_header, told.access_log, told.timeout_graceful_shutdown) == (False, False, 1)


def test_the_server_may_open_as_many_files_as_the_system_allows() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 512), hard))
    try:
        raise_file_limit()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (hard, hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_what_is_there_at_the_start_is_not_searched_for_circles_again() -> None:
    before = gc.get_threshold()
    try:
        calm_collector()
        assert gc.get_freeze_count() > 10_000
        assert gc.isenabled()
        assert gc.get_threshold()[0] > before[0]
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
