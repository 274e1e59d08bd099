"""Checking: every mistake of a project, found before anything is deployed."""

__all__: list[str] = []
