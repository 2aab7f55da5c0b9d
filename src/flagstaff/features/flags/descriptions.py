"""What the audit log says of a change of a flag: a verb for its title, and each change in words."""

from collections.abc import Iterable, Mapping

from flagstaff.features.flags.described_settings import describe_settings
from flagstaff.features.flags.described_targeting import describe_targeting
from flagstaff.features.flags.model import FlagState

VERBS = {  # of changes that a title says in full
    "Archived the flag": "archived the flag",
    "Restored the flag from the archive": "restored the flag",
    "Deprecated the flag": "deprecated the flag",
    "Restored the flag from deprecation": "restored the deprecated flag",
    "Turned on the flag": "turned on the flag",
    "Turned off the flag": "turned off the flag",
}


def describe_change(
    before: FlagState,
    after: FlagState,
    names: Mapping[str, str] | None = None,
    called: Mapping[str, str] | None = None,
) -> tuple[str, str]:
    """Return the verb of the title and a Markdown list of all that changed.

    `names` are those of the environments, by key; `called` has those of members and of variations of required
    flags, by id. Without one the key or the id stands. The list is empty where the verb says it all. It has a
    heading for each environment, unless the change was in only one.
    """
    if after.deleted and not before.deleted:
        return "deleted the flag", ""
    whole = [] if after.flag is before.flag else list(describe_settings(before, after, called or {}))
    parts = {
        key: list(describe_targeting(before, after, key, called or {}))
        for key, targeting in after.environments.items()
        if key in before.environments and targeting is not before.environments[key]
    }
    touched = {key: bullets for key, bullets in parts.items() if bullets}
    said = [*whole, *(bullet for bullets in touched.values() for bullet in bullets)]
    if len(said) == 1 and said[0] in VERBS:
        return VERBS[said[0]], ""
    if not whole and len(touched) == 1:
        return "updated the flag", _list(said)
    headed = (f"## {(names or {}).get(key, key)} ##\n\n{_list(bullets)}" for key, bullets in touched.items())
    return "updated the flag", "\n\n".join([part for part in (_list(whole), *headed) if part])


def _list(bullets: Iterable[str]) -> str:
    return "\n\n".join(f"* {bullet}" for bullet in bullets)
