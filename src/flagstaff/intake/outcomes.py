"""What is counted by: anybody may make up versions and names of SDKs, so new ones have a ceiling."""

from flagstaff.intake.ledger import Ledger
from flagstaff.intake.payload import Sender
from flagstaff.intake.tally import MOST_OUTCOMES, NONE, Outcome

Sdk = tuple[str, str, str, str]  # source, name, version, wrapper


def bound_outcome(ledger: Ledger, environment_id: str, outcome: Outcome) -> Outcome:
    """The outcome; above the ceiling one without version and context kinds, so that sums stay right."""
    flag_key, minute, variation, version, kinds = outcome
    if _is_known(ledger, environment_id, "outcomes", (flag_key, variation, version, kinds)):
        return outcome
    return (flag_key, minute, variation if variation < MOST_OUTCOMES else NONE, NONE, "")


def bound_sdk(ledger: Ledger, sender: Sender) -> Sdk:
    """What an SDK calls itself; nothing above the ceiling."""
    sdk = (sender.source, sender.sdk, sender.version, sender.wrapper)
    if _is_known(ledger, sender.environment_id, "sdks", sdk):
        return sdk
    return (sender.source, "", "", "")


def _is_known(ledger: Ledger, environment_id: str, what: str, key: tuple[object, ...]) -> bool:
    known = hash((what, environment_id, key))
    if ledger.find(known):
        return True
    if not ledger.admit(environment_id, what):
        return False
    ledger.note(known, True)
    return True
