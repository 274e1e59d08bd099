"""TF310 secret-value: secrets in settings files.

Sources:

- https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
- https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
- https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
- https://docs.gitlab.com/security/tokens/
- https://docs.slack.dev/authentication/tokens/
- https://docs.stripe.com/keys
- https://cloud.google.com/docs/authentication/api-keys
- https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/
- https://docs.pypi.org/api/secrets/
- https://huggingface.co/docs/hub/security-tokens
- https://developers.cloudflare.com/fundamentals/api/get-started/token-formats
- https://docs.sentry.io/security-legal-pii/security/token-formats
- https://docs.doppler.com/reference/auth-token-formats
- https://github.com/gitleaks/gitleaks (config/gitleaks.toml, MIT) for the forms of other services
- https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html
- https://learn.microsoft.com/sql/connect/jdbc/building-the-connection-url
- https://www.postgresql.org/docs/current/libpq-connect.html
- RFC 7468 (private keys), RFC 7519 (JSON Web Tokens), RFC 7617 (basic authorization), RFC 3986 section 3.2.1 (passwords
  in URLs)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from typedflow.layers import Layer
from typedflow.parsing import location
from typedflow.project import secret_value
from typedflow.values import (
    Diagnostic,
    Excerpt,
    KeyPath,
    Location,
    Span,
    format_path,
    leaves_of,
    masked,
    secret_kind_at,
)

_HINT = "keep only its name here, read the secret in the step, for example with @secrets, and then replace the secret"


def find(layer: Layer) -> Iterator[Diagnostic]:
    """Yield the values of a file that are secrets; no excerpt shows them."""
    found = list(_found(layer))
    places = [location(layer.source, layer.origin(path).path) for path, *_ in found]
    for (path, value, kind), place in zip(found, places, strict=True):
        yield secret_value(
            f"`{format_path(path)}` is {kind}, and settings are persisted in the clear with every run",
            _hidden(place, value, places),
            hint=_HINT,
            path=path,
        )


def _found(layer: Layer) -> Iterator[tuple[KeyPath, str, str]]:
    for path, value in leaves_of(layer.tree):
        kind = secret_kind_at(path, value)
        if kind:
            yield path, str(value), kind


def _hidden(place: Location, value: str, secrets: Iterable[Location]) -> Location:
    """Return a location whose excerpt shows no secret of its line."""
    span, excerpt = place.span, place.excerpt
    if span is None or excerpt is None:
        return place
    mask = masked(value)
    before = _starred(excerpt.line, span, secrets)[: excerpt.start]
    shown = Excerpt(before + mask, len(before), len(before) + len(mask))
    return place._replace(span=Span(span.line, span.column, span.line, span.column + len(mask)), excerpt=shown)


def _starred(line: str, at: Span, secrets: Iterable[Location]) -> str:
    """Return a line with a star for each character of a secret."""
    for secret in secrets:
        span = secret.span
        if span is not None and span.line <= at.line <= span.end_line:
            start = span.column - 1 if span.line == at.line else 0
            end = span.end_column - 1 if span.end_line == at.line else len(line)
            line = line[:start] + "*" * (min(end, len(line)) - start) + line[end:]
    return line
