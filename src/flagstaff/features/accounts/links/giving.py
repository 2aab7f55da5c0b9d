"""Giving a link to a member: mailed where the server can, else shown once to whoever asked for it."""

from flagstaff.features.accounts.links.mails import queue_mail
from flagstaff.features.accounts.links.model import INVITATION, address_of
from flagstaff.features.accounts.links.store import make_link
from flagstaff.features.accounts.model import Member
from flagstaff.http.call import Call


def invite(call: Call, member: Member) -> str:
    """Invite a member who was just added, or anew one who has not come yet, in the unit of the call.

    Returns the address of the link, to be shown this once; empty where it is mailed.
    """
    secret = make_link(call.tx, INVITATION, member)
    if call.installation.sends_mail:
        queue_mail(call.tx, INVITATION, member, secret, call.installation.secret_key)
        return ""
    return address_of(call.installation.site.base_url, INVITATION, secret)
