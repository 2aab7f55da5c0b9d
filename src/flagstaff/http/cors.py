"""Cross-origin calls: pages of any origin may call with a token, none but our own with a session."""

from collections.abc import Sequence

from falcon.asgi import Request, Response

METHODS = "OPTIONS, GET, POST, PUT, PATCH, DELETE"
HEADERS = "Accept, Content-Type, Content-Length, Accept-Encoding, Authorization, LD-API-Version"
MAX_AGE = "300"  # seconds


def allow(request: Request, response: Response, *, own_origin: str = "", methods: str = METHODS) -> None:
    """Let the calling page read the answer; a page of `own_origin` may send its session along."""
    origin = request.get_header("Origin")
    response.set_header("Access-Control-Allow-Origin", origin or "*")
    response.set_header("Access-Control-Allow-Methods", methods)
    response.set_header("Access-Control-Allow-Headers", HEADERS)
    response.set_header("Access-Control-Max-Age", MAX_AGE)
    response.append_header("Vary", "Origin")
    if origin and origin == own_origin:
        response.set_header("Access-Control-Allow-Credentials", "true")


def answer_preflight(
    request: Request, response: Response, methods: Sequence[str], *, own_origin: str = ""
) -> None:
    """Answer an OPTIONS request for a path that has `methods`: 204 without body, whoever asks."""
    response.status = 204
    response.set_header("Allow", ", ".join(methods))
    allow(request, response, own_origin=own_origin, methods=", ".join(("OPTIONS", *methods)))
