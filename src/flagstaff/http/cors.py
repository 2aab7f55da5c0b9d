"""Cross-origin calls: pages of any origin may call with a token, those of the own one with a session, too."""

from collections.abc import Collection, Sequence

from falcon.asgi import Request, Response

METHODS = "OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE"
HEADERS = (
    "Accept, Content-Type, Content-Length, Accept-Encoding, Authorization, LD-API-Version, "
    "X-HTTP-Method-Override"
)
MAX_AGE = "300"  # seconds


def allow(request: Request, response: Response, own: Collection[str] = (), methods: str = METHODS) -> None:
    """Let the calling page read the answer; `own` are the origins whose pages may send their session."""
    origin = request.get_header("Origin")
    response.set_header("Access-Control-Allow-Origin", origin or "*")
    if origin in own:
        response.set_header("Access-Control-Allow-Credentials", "true")
    response.set_header("Access-Control-Allow-Methods", methods)
    response.set_header("Access-Control-Allow-Headers", HEADERS)
    response.set_header("Access-Control-Max-Age", MAX_AGE)
    response.append_header("Vary", "Origin")


def answer_preflight(
    request: Request, response: Response, methods: Sequence[str], own: Collection[str] = ()
) -> None:
    """Answer an OPTIONS request for a path that has `methods`: 204 without body, whoever asks."""
    response.status = 204
    response.set_header("Allow", ", ".join(methods))
    allow(request, response, own, ", ".join(("OPTIONS", *methods)))
