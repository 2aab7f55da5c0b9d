"""What may fit what was typed, of every kind, from the databases."""

from collections.abc import Iterator, Sequence

from flagstaff.features.accounts.store import MEMBERS
from flagstaff.features.accounts.teams.store import list_teams
from flagstaff.features.console.search.ranking import Match, split_words
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.http.call import Call
from flagstaff.storage.conditions import escape_like, one_of
from flagstaff.storage.transaction import Transaction

MOST = 50  # of one kind that are ranked
FOLDED = r"{column} LIKE :word{number} ESCAPE '\'"
FLAGS = (
    "SELECT project_id, key, name, archived FROM flags WHERE {projects} AND {words} "
    r"ORDER BY archived, key = :wanted DESC, search LIKE :begin ESCAPE '\' DESC, "
    r"search LIKE :named ESCAPE '\' DESC, length(search) LIMIT :most"
)
SEGMENTS = (
    "SELECT environment_id, key, name FROM segments WHERE {environments} AND {words} "
    r"ORDER BY key = :wanted DESC, key LIKE :begin ESCAPE '\' DESC, name LIKE :begin ESCAPE '\' DESC, "
    "length(key) LIMIT :most"
)
CONTEXTS = (
    "SELECT DISTINCT kind, key, name FROM contexts "
    "WHERE environment_id = :environment AND kind = :kind AND key >= :begin AND key < :end LIMIT :most"
)
KINDS = "SELECT kind FROM context_kinds WHERE environment_id = :environment"


def find_flags(tx: Transaction, projects: Sequence[Project], text: str) -> Iterator[Match]:
    """Flags whose key or name contains every word."""
    where, ids = one_of("project_id", [project.id for project in projects], "projects")
    words, values = _contain(text, "search")
    keys = {project.id: project.key for project in projects}
    begin = escape_like(" ".join(split_words(text)))
    rows = tx.all(
        FLAGS.format(projects=where, words=words),
        **ids,
        **values,
        wanted=text.strip(),
        begin=f"{begin}%",
        named=f"%\n{begin}%",
        most=MOST,
    )
    for project_id, key, name, archived in rows:
        yield Match("flag", key, name, keys[project_id], archived=bool(archived))


def find_segments(
    tx: Transaction, places: Sequence[tuple[Project, Environment]], text: str
) -> Iterator[Match]:
    """Segments whose key or name contains every word."""
    where, ids = one_of("environment_id", [environment.id for _, environment in places], "environments")
    words, values = _contain(text, "key || ' ' || name")
    named = {environment.id: (project.key, environment.key) for project, environment in places}
    rows = tx.all(
        SEGMENTS.format(environments=where, words=words),
        **ids,
        **values,
        wanted=text.strip(),
        begin=f"{escape_like(text.strip())}%",
        most=MOST,
    )
    for environment_id, key, name in rows:
        yield Match("segment", key, name, *named[environment_id])


def find_places(places: Sequence[tuple[Project, Environment]], text: str) -> Iterator[Match]:
    """Environments and projects whose key or name contains every word."""
    for project in {project.id: project for project, _ in places}.values():
        if _fits(text, project.key, project.name):
            yield Match("project", project.key, project.name, project.key)
    for project, environment in places:
        if _fits(text, environment.key, environment.name):
            yield Match("environment", environment.key, environment.name, project.key, environment.key)


def find_contexts(tx: Transaction, project: Project, environment: Environment, text: str) -> Iterator[Match]:
    """Contexts of an environment whose key begins with the text, as it is written."""
    begin = text.strip()
    for (kind,) in tx.events.all(KINDS, environment=environment.id):
        rows = tx.events.all(
            CONTEXTS, environment=environment.id, kind=kind, begin=begin, end=f"{begin}\U0010ffff", most=MOST
        )
        for found, key, name in rows:
            yield Match("context", key, name, project.key, environment.key, detail=found)


def find_people(call: Call, text: str) -> Iterator[Match]:
    """Members and teams that the caller may see whose name, address or key contains every word."""
    for member in MEMBERS.list(call.tx, "TRUE ORDER BY id"):
        name = f"{member.first_name} {member.last_name}".strip()
        if _fits(text, member.email, name) and call.sees(member.resource):
            yield Match("member", member.id, name, detail=member.email)
    for team in list_teams(call.tx):
        if _fits(text, team.key, team.name) and call.sees(team.resource):
            yield Match("team", team.key, team.name)


def _fits(text: str, *known: str) -> bool:
    folded = "\n".join(known).casefold()
    return all(word in folded for word in split_words(text))


def _contain(text: str, column: str) -> tuple[str, dict[str, str]]:
    words = split_words(text)
    conditions = (FOLDED.format(column=f"({column})", number=number) for number in range(len(words)))
    values = {f"word{number}": f"%{escape_like(word)}%" for number, word in enumerate(words)}
    return " AND ".join(conditions), values
