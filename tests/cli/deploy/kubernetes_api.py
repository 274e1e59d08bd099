"""The part of the Kubernetes API that keeps custom objects, as Metaflow's client of Argo Workflows asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, ClassVar

NOT_FOUND = {"kind": "Status", "code": 404, "reason": "NotFound"}


class _Handler(BaseHTTPRequestHandler):
    """Objects by path, each with the number of times that it was written."""

    objects: ClassVar[dict[str, dict[str, Any]]]
    lock: ClassVar[Lock]

    def do_GET(self) -> None:
        found = self.objects.get(self._path())
        self._answer(200 if found else 404, found or NOT_FOUND)

    def do_POST(self) -> None:
        item = self._body()
        self._keep(f"{self._path()}/{item['metadata']['name']}", item, 201)

    def do_PUT(self) -> None:
        self._keep(self._path(), self._body(), 200)

    def do_PATCH(self) -> None:
        self.do_PUT()

    def do_DELETE(self) -> None:
        self._answer(200 if self.objects.pop(self._path(), None) else 404, NOT_FOUND)

    def _keep(self, path: str, item: dict[str, Any], code: int) -> None:
        with self.lock:
            before = self.objects.get(path, {"metadata": {"resourceVersion": "0"}})
            item["metadata"]["resourceVersion"] = str(int(before["metadata"]["resourceVersion"]) + 1)
            self.objects[path] = item
        self._answer(code, item)

    def _path(self) -> str:
        return self.path.partition("?")[0]

    def _body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        return found

    def _answer(self, code: int, body: dict[str, Any]) -> None:
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def kubernetes_api() -> Iterator[tuple[str, dict[str, dict[str, Any]]]]:
    """Serve the API, and yield its address and the objects that it stores."""
    objects: dict[str, dict[str, Any]] = {}
    handler = type("Handler", (_Handler,), {"objects": objects, "lock": Lock()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", objects
        server.shutdown()
        thread.join()
