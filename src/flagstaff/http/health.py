"""For operators and their machines: alive, ready, metrics."""

import secrets

from falcon.asgi import Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Gauge,
    Info,
    ProcessCollector,
    generate_latest,
)

from flagstaff.http.identity import bare_token
from flagstaff.http.operations import Endpoint
from flagstaff.http.site import is_loopback
from flagstaff.kernel.errors import Forbidden, Unavailable
from flagstaff.storage import audit
from flagstaff.storage.database import Database
from flagstaff.storage.transaction import Transaction


def health_endpoints(database: Database, registry: CollectorRegistry, metrics_token: str) -> list[Endpoint]:
    """`/healthz`, `/readyz` and `/metrics`; the last answers loopback callers, and others with the token."""
    ProcessCollector(registry=registry)
    head = Info("flagstaff_audit_head", "The newest seal of the audit log", registry=registry)
    entries = Gauge("flagstaff_audit_entries", "Entries of the audit log", registry=registry)

    async def healthz(_: Request, response: Response, __: dict[str, str]) -> None:
        response.media = {"status": "alive"}

    async def readyz(_: Request, response: Response, __: dict[str, str]) -> None:
        await database.read(_ask)
        response.media = {"status": "ready"}

    async def metrics(request: Request, response: Response, _: dict[str, str]) -> None:
        token = bare_token(request.get_header("Authorization") or "")
        known = metrics_token and secrets.compare_digest(token.encode(), metrics_token.encode())
        if not known and not is_loopback(request):
            raise Forbidden("Metrics are for loopback callers, or for those with FLAGSTAFF_METRICS_TOKEN")
        newest, count = await database.read(lambda tx: (audit.head(tx), audit.count_entries(tx)))
        head.info({"head": newest.hex()})
        entries.set(count)
        response.content_type = CONTENT_TYPE_LATEST
        response.data = generate_latest(registry)

    paths = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}
    return [Endpoint(method, path, paths[path]) for path in paths for method in ("GET", "HEAD")]


def _ask(tx: Transaction) -> None:
    if tx.one("SELECT 1 FROM accounts") is None:
        raise Unavailable("The first start is not over", retry_after=1)
