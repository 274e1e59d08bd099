"""Metaflow's metadata service in memory: what a run writes to it, and what the Client reads from it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any, ClassVar

_NUMBERED = {"run": "run_number", "task": "task_id"}
_NAMED = {"step": "step_name", "artifact": "name"}


class _Handler(BaseHTTPRequestHandler):
    """Objects by path: ``/flows/F/runs/1/steps/start/tasks/2/artifacts/x``; metadata below tasks."""

    objects: ClassVar[dict[str, Any]]
    lock: ClassVar[Lock]

    def do_GET(self) -> None:
        if self.path == "/ping":
            return self._answer(200, {})
        path = re.sub(r"/attempt/\d+", "", self.path)
        if path in self.objects:
            return self._answer(200, self.objects[path])
        if path.endswith("/metadata"):
            return self._answer(200, self.objects.get(f"{path}!", []))
        below = [item for name, item in self.objects.items() if re.fullmatch(f"{re.escape(path)}/[^/!]+", name)]
        is_list = path.count("/") % 2 == 1  # an object's path ends with its name
        return self._answer(200 if is_list else 404, below)

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        parent, _, kind = self.path.rpartition("/")
        with self.lock:
            if kind == "metadata":
                self.objects.setdefault(f"{self.path}!", []).extend(data)
                self._answer(200, data)
            elif kind == "artifact":
                for item in data:
                    self._keep(f"{parent}/artifacts/{item['name']}", parent, item)
                self._answer(200, data)
            elif parent == "/flows":
                self._answer(200, self._keep(self.path, "", {**data, "flow_id": kind}))
            else:
                self._answer(200, self._made(parent, kind, data))

    def _made(self, parent: str, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        if kind == "step":
            return self._keep(parent, parent.rpartition("/steps/")[0], {**data, "step_name": parent.rpartition("/")[2]})
        key = _NUMBERED[kind]
        number = data.get(key) or str(1 + sum(f"/{kind}s/" in name for name in self.objects))
        return self._keep(f"{parent}/{kind}s/{number}", parent, {**data, key: number})

    def _keep(self, path: str, parent: str, data: dict[str, Any]) -> dict[str, Any]:
        above = self.objects.get(parent, {})
        known = {key: above.get(key) for key in ("flow_id", "run_number", "step_name", "task_id")}
        item = {**known, "ts_epoch": int(time.time() * 1000), "tags": [], "system_tags": [], **data}
        self.objects[path] = {key: known.get(key) if value is None else value for key, value in item.items()}
        return item

    def _answer(self, code: int, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("METADATA_SERVICE_VERSION", "2.0.0")  # one that knows no heartbeats
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def metadata_service() -> Iterator[str]:
    """Serve it, and give its address."""
    handler = type("Handler", (_Handler,), {"objects": {}, "lock": Lock()})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
