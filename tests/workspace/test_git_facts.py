"""What git knows about a directory, and the URLs of repositories."""

from __future__ import annotations

import pytest

from typedflow.workspace._git_facts import without_credentials

URLS = {
    "https://example.org/a/b.git": "https://example.org/a/b.git",
    "https://me@example.org/a/b.git": "https://example.org/a/b.git",
    "https://me:hunter@example.org:8443/a/b.git": "https://example.org:8443/a/b.git",
    "https://ghp_abcdefghijklmnopqrstuvwxyz0123456789@github.com/a/b": "https://github.com/a/b",
    "https://me:hun/ter@example.org/a/b.git": "https://example.org/a/b.git",
    "https://me:hun@ter@example.org/a": "https://example.org/a",
    "https://example.org/a/b.git?access_token=hunter": "https://example.org/a/b.git",
    "https://example.org/@scope/b.git": "https://example.org/@scope/b.git",
    "HTTPS://me:hunter@example.org/a": "HTTPS://example.org/a",
    "ssh://git@example.org:22/a/b.git": "ssh://git@example.org:22/a/b.git",
    "ssh://git:hunter@example.org/a/b.git": "ssh://git@example.org/a/b.git",
    "git@example.org:a/b.git": "git@example.org:a/b.git",
    "file:///srv/b.git": "file:///srv/b.git",
    "/srv/b.git": "/srv/b.git",
    "../b": "../b",
    "": "",
}


@pytest.mark.parametrize(("url", "shown"), URLS.items())
def test_a_url_has_no_credentials(url: str, shown: str) -> None:
    """The user and the password of a URL are left out; a user of SSH is part of the address."""
    assert without_credentials(url) == shown
