"""The rival of the REST benchmark: bare Falcon on uvicorn, which answers the bytes of a file.

Run as `python rest_rival.py PORT FILE HEADERS`, where HEADERS are a JSON object.
"""

import json
import sys
from pathlib import Path

import falcon.asgi
import uvicorn
from falcon.asgi import Request, Response

BODY = Path(sys.argv[2]).read_bytes()
HEADERS = json.loads(sys.argv[3])


class Flag:
    """One resource."""

    async def on_get(self, _request: Request, response: Response, **_keys: str) -> None:
        response.content_type = "application/json"
        response.data = BODY
        for name, value in HEADERS.items():
            response.set_header(name, value)


if __name__ == "__main__":
    app = falcon.asgi.App()
    app.add_route("/api/v2/flags/{project}/{flag}", Flag())
    uvicorn.run(
        app, port=int(sys.argv[1]), loop="uvloop", http="httptools", access_log=False, log_level="error"
    )
