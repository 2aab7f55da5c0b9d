"""HTTP calls to servers in other processes: each on a connection of its own, without the machine's proxies.

The certificates that the machine trusts are read once; httpx alone reads them for each call, which takes
longer than most calls. A server may take its time: a busy machine is no defect.
"""

import ssl
from functools import partial
from typing import Any

import httpx

TLS = ssl.create_default_context()
PATIENCE = 60.0  # seconds


def request(method: str, url: str, **options: Any) -> httpx.Response:
    """As httpx.request."""
    return httpx.request(method, url, verify=TLS, trust_env=False, timeout=PATIENCE, **options)


get = partial(request, "GET")
post = partial(request, "POST")
options = partial(request, "OPTIONS")
