"""Client of the fork server; it imports only the standard library, because each client process pays for it."""

from __future__ import annotations

import array
import json
import os
import socket
import sys
from collections.abc import Sequence

#: The highest number of a standard stream.
_STANDARD = 2


def asked(
    place: str, arguments: Sequence[str], folder: str, environ: dict[str, str], files: dict[int, int], parent: int
) -> int:
    """Let the server run a Python, and return its exit code.

    ``files`` are open files by descriptor; ``parent`` is the process that is to be the Python's parent.
    """
    message = {
        "arguments": list(arguments),
        "folder": folder,
        "environ": environ,
        "executable": environ["FAULTS_PYTHON"],
        "files": list(files),
        "parent": parent,
    }
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(place)
        text = json.dumps(message).encode() + b"\n"
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files.values()))]
        sent = connection.sendmsg([text], rights)
        if sent < len(text):  # even an empty message cannot be sent to a fork that has ended
            connection.sendall(text[sent:])
        answer = b""
        while not answer.endswith(b"\n"):
            more = connection.recv(64)
            if not more:
                return 139  # the fork was killed, or killed itself
            answer += more
    return int(answer)


def main() -> None:
    """Act as a Python: the server runs programs (``-c``), the real Python everything else."""
    arguments = sys.argv[1:]
    if arguments[:1] != ["-c"]:
        os.execv(os.environ["FAULTS_REAL_PYTHON"], [os.environ["FAULTS_REAL_PYTHON"], *arguments])  # noqa: S606
    numbers = [int(name) for name in os.listdir("/proc/self/fd")]  # noqa: PTH208 # numbers, not files
    files = {}
    for number in numbers:
        try:
            if os.get_inheritable(number) or number <= _STANDARD:
                files[number] = number
        except OSError:  # the directory that was just listed
            continue
    folder = os.getcwd()  # noqa: PTH109
    sys.exit(asked(os.environ["FAULTS_SERVER"], arguments, folder, dict(os.environ), files, os.getppid()))


if __name__ == "__main__":
    main()
