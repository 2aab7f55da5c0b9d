"""Where the resources of audit entries are shown: their address in the API and their page in the console."""

from urllib.parse import quote

from flagstaff.features.audit.model import Subject
from flagstaff.kernel.links import Link, Links, account_site, site

ENTRIES = "/api/v2/auditlog"
CANONICAL = {
    "proj": "/api/v2/projects/{proj}",
    "proj:env": "/api/v2/projects/{proj}/environments/{env}",
    "proj:env:flag": "/api/v2/flags/{proj}/{flag}",
    "proj:env:segment": "/api/v2/segments/{proj}/{env}/{segment}",
    "proj:metric": "/api/v2/metrics/{proj}/{metric}",
    "member": "/api/v2/members/{member}",
    "member:token": "/api/v2/tokens/{token}",
    "service-token": "/api/v2/tokens/{service-token}",
    "team": "/api/v2/teams/{team}",
    "role": "/api/v2/roles/{role}",
    "webhook": "/api/v2/webhooks/{webhook}",
    "relay-proxy-config": "/api/v2/account/relay-auto-configs/{relay-proxy-config}",
}
PAGES = {
    "proj": ("{proj}", "settings"),
    "proj:env": ("{proj}", "environments", "{env}"),
    "proj:env:flag": ("{proj}", "{env}", "features", "{flag}"),
    "proj:env:segment": ("{proj}", "{env}", "segments", "{segment}"),
    "proj:metric": ("{proj}", "metrics", "{metric}"),
    "proj:context-kind": ("{proj}", "settings"),
}
ACCOUNT_PAGES = {
    "member": "members?member={member}",
    "member:token": "tokens",
    "service-token": "tokens",
    "team": "teams/{team}",
    "role": "roles/{role}",
    "webhook": "webhooks/{webhook}",
    "relay-proxy-config": "relay?edit={relay-proxy-config}",
}
EVERYWHERE = "~"  # stands for the environment in the page of a whole flag


def entry_links(entry_id: str, subject: Subject | None) -> Links:
    """The links of an entry itself, and to what it is about."""
    return target_links(subject) | {"self": Link(f"{ENTRIES}/{entry_id}"), "parent": Link(ENTRIES)}


def target_links(subject: Subject | None) -> Links:
    """The address and the page of a resource, where it has them."""
    if subject is None:
        return {}
    links: Links = {}
    if subject.path in CANONICAL:
        names = {kind: quote(name, safe="") for kind, name in subject.names.items()}
        links["canonical"] = Link(CANONICAL[subject.path].format_map(names))
    page = page_of(subject)
    return links if page is None else links | {"site": page}


def page_of(subject: Subject) -> Link | None:
    """The page of a resource in the console."""
    names = {kind: quote(name, safe="") or EVERYWHERE for kind, name in subject.names.items()}
    if subject.path in ACCOUNT_PAGES:
        return account_site(ACCOUNT_PAGES[subject.path].format_map(names))
    parts = PAGES.get(subject.path)
    return None if parts is None else site(*(part.format_map(names) for part in parts))
