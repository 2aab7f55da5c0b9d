"""The wiring: the one file that knows every part. Clock and ids are made here and handed down."""

import os
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any

import falcon.asgi
from falcon.asgi import Request, Response
from falcon.routing import CompiledRouter

from flagstaff.config import Config
from flagstaff.delivery.client_requests import ClientRequest
from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.neighbours import Neighbours
from flagstaff.delivery.polls_at_once import PollsAtOnce
from flagstaff.delivery.routes import AT_ONCE, ROUTES
from flagstaff.delivery.summaries import Summaries
from flagstaff.features.accounts.authorizations.operations import KNOWN_ELSEWHERE
from flagstaff.features.accounts.identities import identify, identify_session
from flagstaff.features.accounts.oidc.model import CALLBACK
from flagstaff.features.accounts.uses import OFTEN as USES_EVERY
from flagstaff.features.accounts.uses import Uses
from flagstaff.features.contexts import environments as forgotten_environments
from flagstaff.features.contexts.forgetting import JOB as FORGET
from flagstaff.features.contexts.forgetting import run_forgetting
from flagstaff.features.integrations.webhooks.store import JOB as WEBHOOK
from flagstaff.features.projects.connections.store import note_counts
from flagstaff.features.system.audit_heads import log_audit_head
from flagstaff.features.system.audit_pruning import prune_audit_log
from flagstaff.features.system.outbox_pruning import prune_outbox
from flagstaff.features.system.routines import Routine
from flagstaff.features.usage.applications import store as applications_store
from flagstaff.hooks import fill_hooks
from flagstaff.http.call import Installation
from flagstaff.http.console import Console
from flagstaff.http.dispatcher import Dispatcher
from flagstaff.http.health import health_endpoints
from flagstaff.http.metrics import RequestMetrics
from flagstaff.http.operations import Edge, Endpoint, Operation
from flagstaff.http.rate_limits import RateLimits
from flagstaff.http.roles import select_rows
from flagstaff.http.router import Router
from flagstaff.http.throttle import Throttle
from flagstaff.http.work_pool import WorkPool
from flagstaff.intake import posts
from flagstaff.intake.intake import Admission, Intake
from flagstaff.intake.ledger import Ceilings
from flagstaff.intake.pruning import Bounds
from flagstaff.kernel.clock import Clock, Millis
from flagstaff.kernel.errors import ApiError
from flagstaff.kernel.ids import Ids
from flagstaff.rows import OPERATIONS
from flagstaff.storage.audit_watch import EVERY as CHAIN_EVERY
from flagstaff.storage.database import Database
from flagstaff.storage.installation_key import open_secret_key
from flagstaff.storage.jobs import Progress
from flagstaff.storage.processes import Processes
from flagstaff.storage.publishing import list_busiest
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Effect, Transaction
from flagstaff.workers.loop import JobLoop
from flagstaff.workers.mail import mail_works
from flagstaff.workers.redis_stores import RedisStores
from flagstaff.workers.run import Run, Work, Works
from flagstaff.workers.segments import SEGMENT_WORKS
from flagstaff.workers.webhooks import webhook_work


def system_clock() -> Millis:
    return time.time_ns() // 1_000_000


SYSTEM_IDS = Ids(os.urandom)
WORKS: Works = {**SEGMENT_WORKS}  # what is done for each kind of job
PRUNE_EVERY = 60.0  # seconds
COUNT_EVERY = 30.0  # counts are kept by the minute; one that comes late must not leave a minute out
WARM = 50  # environments whose snapshots are loaded before the server is ready


@dataclass
class Server:
    """A wired installation: `asgi` serves everything but streams, which `delivery` takes from uvicorn."""

    config: Config
    database: Database
    secret_key: SecretKey
    delivery: Delivery
    intake: Intake
    dispatcher: Dispatcher
    jobs: JobLoop
    uses: Uses
    neighbours: Neighbours
    summaries: Summaries
    may_work: Callable[[], bool]
    asgi: Any = field(init=False)

    def __post_init__(self) -> None:
        self.asgi = falcon.asgi.App(router=_Everything(self.dispatcher), middleware=[_Lifespan(self)])
        self.asgi.req_options.strip_url_path_trailing_slash = False

    async def count_connections(self) -> None:
        """Put down how many connections all processes have; one of them does."""
        if self.may_work():
            now, connected = await self.summaries.count()
            await self.intake.store.write(partial(note_counts, now=now, connected=connected))


def open_database(config: Config, clock: Clock = system_clock, ids: Ids = SYSTEM_IDS) -> Database:
    """Open the installation's database, whose schema is up to date; raises InvalidSecretKey."""
    fill_hooks()
    seal_key = open_secret_key(config.files).seal_key
    return Database(config.database, clock, ids, seal_key, events=config.events)


def build_server(config: Config, database: Database, hashing: WorkPool | None = None) -> Server:
    """Wire everything on an opened database; passwords are hashed in `hashing`, else in threads."""
    secret_key = open_secret_key(config.files)
    fill_hooks()
    delivery = Delivery(database, database.clock, secret_key)
    registry = delivery.metrics.registry
    intake = build_intake(config, database.clock, delivery)
    processes = Processes(config.database, SYSTEM_IDS.uuid())
    may_work = partial(_may_work, config, processes)
    sending = {WEBHOOK: webhook_work(secret_key, config.allowed_networks)}
    pushing = RedisStores(secret_key, config.allowed_networks).list_works()
    mailing = mail_works(config.mail_server, config.base_url, secret_key)
    works = WORKS | _works_on(intake) | sending | pushing | mailing
    job_loop = JobLoop(database, works, processes.name, may_work)

    def take_in(effects: Sequence[Effect]) -> None:
        delivery.advance(effects)
        delivery.announce(effects)
        job_loop.announce(effects)

    def announce(effects: Sequence[Effect]) -> None:
        delivery.announce(effects)
        job_loop.announce(effects)
        neighbours.tell(effects)

    summaries = Summaries(processes, delivery.summarise, registry)
    neighbours = Neighbours(processes, database, delivery, take_in)
    database.advance, database.announce = delivery.advance, announce
    metrics = RequestMetrics(registry)
    rows: dict[str, Sequence[Operation | Endpoint]] = {
        "api": (*OPERATIONS, *KNOWN_ELSEWHERE),
        "sdk": _serve_sdks(config, delivery, metrics),
        "events": [Endpoint(method, path, _bound(respond, intake)) for method, path, respond in posts.ROUTES],
    }
    health = health_endpoints(database, registry, config.metrics_token)
    uses = Uses(database)
    dispatcher = Dispatcher(
        router=Router([*select_rows(rows, config.roles), *health]),
        edge=build_edge(config, database, delivery, summaries, secret_key, hashing=hashing or WorkPool()),
        identify=identify,
        identify_session=identify_session,
        note_use=uses.note,
        limits=RateLimits(database.clock, *config.limits_of_process),
        installation=describe_installation(config, secret_key),
        metrics=metrics,
        console=Console() if "api" in config.roles else None,
    )
    return Server(
        config,
        database,
        secret_key,
        delivery,
        intake,
        dispatcher,
        job_loop,
        uses,
        neighbours,
        summaries,
        may_work,
    )


def _serve_sdks(config: Config, delivery: Delivery, metrics: RequestMetrics) -> list[Endpoint]:
    """The rows of the SDK plane, of which some are tried before the application is asked."""
    rows = [Endpoint(method, path, _bound(respond, delivery)) for method, path, respond in ROUTES]
    at_once = [row for row in rows if (row.method, row.path) in AT_ONCE]
    delivery.polls = PollsAtOnce(at_once, delivery.turns, metrics.count, config.trusted_proxies)
    return rows


def build_edge(
    config: Config,
    database: Database,
    delivery: Delivery,
    summaries: Summaries,
    secret_key: SecretKey,
    *,
    hashing: WorkPool,
) -> Edge:
    """What operations may use before their unit."""
    return Edge(
        database,
        delivery.load_dataset,
        summaries.read,
        Throttle(database.clock, config.workers),
        hashing=hashing,
        welcome=partial(config.first_login_file.unlink, missing_ok=True),
        news=delivery.news,
        provider=find_provider(config, database.clock, secret_key),
    )


def find_provider(config: Config, clock: Clock, secret_key: SecretKey) -> Any:
    """The provider of identities, if there is one: only then is what it takes to call it imported."""
    if config.oidc is None:
        return None
    make = import_module("flagstaff.features.accounts.oidc.provider").Provider
    return make(config.oidc, config.base_url + CALLBACK, clock, secret_key)


def describe_installation(config: Config, secret_key: SecretKey) -> Installation:
    """What operations need to know of it."""
    return Installation(
        secret_key=secret_key,
        public_addresses=config.public_addresses,
        outbound_addresses=config.outbound_addresses,
        allowed_networks=config.allowed_networks,
        site=config.site,
        sends_mail=config.mail_server is not None,
        provider="" if config.oidc is None else config.oidc.name,
    )


def _may_work(config: Config, processes: Processes) -> bool:
    return "worker" in config.roles and processes.take_role("worker")


def _works_on(intake: Intake) -> Works:
    """What is done for jobs in the event store."""

    async def forget(run: Run) -> None:
        await run_forgetting(intake.write, run.job.arguments)

    async def forget_application(run: Run) -> None:
        await applications_store.run_forgetting(intake.store.write, run.job.arguments)

    async def forget_environment(run: Run) -> None:
        step = partial(forgotten_environments.forget_step, environment_id=run.job.arguments["environment"])
        done = run.job.done

        def note(_: Transaction) -> Progress:
            return Progress(done, 0)

        while gone := await intake.store.write(step):
            done += gone
            await run.advance(note)

    return {
        FORGET: Work(forget),
        applications_store.JOB: Work(forget_application),
        forgotten_environments.JOB: Work(forget_environment),
    }


def build_intake(config: Config, clock: Clock, delivery: Delivery) -> Intake:
    """The intake of events, by the same keys as polls and streams."""
    ceilings = Ceilings(
        contexts=config.new_contexts,
        attributes=config.new_attributes,
        applications=config.new_applications,
        keys=config.new_keys,
    )
    bounds = Bounds(days=config.events_days, size=config.events_gb * 1024**3)
    admission, registry = admit_events(delivery), delivery.metrics.registry
    return Intake(config.events, clock, admission, registry, ceilings=ceilings, bounds=bounds)


def admit_events(delivery: Delivery) -> Admission:
    """Events are let in by the same keys as polls and streams."""

    async def server(authorization: str | None) -> str:
        return (await delivery.admission.authenticate(authorization)).environment_id

    async def mobile(authorization: str | None) -> str:
        return await delivery.client_admission.authenticate(ClientRequest("mobile", authorization))

    async def browser(environment_id: str | None) -> str:
        return await delivery.client_admission.authenticate(ClientRequest("environment_id", environment_id))

    return Admission(server, mobile, browser)


def _bound(respond: Callable[[Request, Response, Any, dict[str, str]], Awaitable[None]], plane: Any) -> Any:
    def answer(request: Request, response: Response, path: dict[str, str]) -> Awaitable[None]:
        return respond(request, response, plane, path)

    return answer


class _Everything(CompiledRouter):
    """Falcon's view of our router: every method of every path goes to the dispatcher."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        super().__init__()

        async def respond(request: Request, response: Response) -> None:
            await dispatcher(request, response)

        self._answer: Any = (self, _AnyMethod(respond), {}, None)

    def find(self, uri: str, req: Any = None) -> Any:  # noqa: ARG002 - Falcon's interface
        return self._answer


class _AnyMethod(dict[str, Any]):
    def __init__(self, respond: Any) -> None:
        self._respond = respond

    def __missing__(self, method: str) -> Any:
        return self._respond


class _Lifespan:
    def __init__(self, server: Server) -> None:
        self._server = server

        async def prune_events(_: Database) -> None:
            await server.intake.prune()

        async def count_connections(_: Database) -> None:
            await server.count_connections()

        async def prune_log(database: Database) -> None:
            await prune_audit_log(database, server.config.audit_days)

        self._routines = [
            Routine(prune_log, server.database),
            Routine(log_audit_head, server.database),
            Routine(server.dispatcher.edge.chain.walk, server.database, CHAIN_EVERY),
            Routine(prune_outbox, server.database),
            Routine(prune_events, server.database, PRUNE_EVERY),
            Routine(count_connections, server.database, COUNT_EVERY),
            Routine(server.uses.save_uses, server.database, USES_EVERY),
        ]

    async def process_startup(self, scope: Any, event: Any) -> None:  # noqa: ARG002 - Falcon's interface
        self._server.database.start()
        self._server.neighbours.start()
        self._server.summaries.start()
        self._server.intake.start()
        await _warm_up(self._server)
        self._server.jobs.start()
        for routine in self._routines:
            routine.start()

    async def process_shutdown(self, scope: Any, event: Any) -> None:  # noqa: ARG002 - Falcon's interface
        for routine in self._routines:
            await routine.stop()
        with suppress(ApiError):
            await self._server.uses.save_uses(self._server.database)
        self._server.dispatcher.edge.hashing.close()
        await self._server.summaries.stop()  # before streams end: they come back elsewhere
        await self._server.delivery.close()
        await self._server.jobs.stop()
        await self._server.neighbours.stop()
        await self._server.intake.stop()
        await self._server.database.stop()


async def _warm_up(server: Server) -> None:
    """Load what most SDKs will ask for as soon as connections are accepted; the rest comes on demand."""
    with suppress(ApiError):
        for environment_id in await server.database.read(partial(list_busiest, most=WARM)):
            await server.delivery.snapshot(environment_id)
