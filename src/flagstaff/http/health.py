"""For operators and their machines: alive, ready, metrics."""

import secrets
from ipaddress import ip_address

from falcon.asgi import Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from flagstaff.http.identity import bare_token
from flagstaff.http.operations import Endpoint
from flagstaff.kernel.errors import Forbidden
from flagstaff.storage.database import Database
from flagstaff.storage.transaction import Transaction


def health_endpoints(database: Database, registry: CollectorRegistry, metrics_token: str) -> list[Endpoint]:
    """`/healthz`, `/readyz` and `/metrics`; the last answers loopback callers, and others with the token."""

    async def healthz(_: Request, response: Response, __: dict[str, str]) -> None:
        response.media = {"status": "alive"}

    async def readyz(_: Request, response: Response, __: dict[str, str]) -> None:
        await database.read(_ask)
        response.media = {"status": "ready"}

    async def metrics(request: Request, response: Response, _: dict[str, str]) -> None:
        token = bare_token(request.get_header("Authorization") or "")
        known = metrics_token and secrets.compare_digest(token.encode(), metrics_token.encode())
        if not known and not _is_loopback(request.remote_addr):
            raise Forbidden("Metrics are for loopback callers, or for those with FLAGSTAFF_METRICS_TOKEN")
        response.content_type = CONTENT_TYPE_LATEST
        response.data = generate_latest(registry)

    return [
        Endpoint("GET", "/healthz", healthz),
        Endpoint("GET", "/readyz", readyz),
        Endpoint("GET", "/metrics", metrics),
    ]


def _ask(tx: Transaction) -> None:
    tx.one("SELECT 1 FROM accounts")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
