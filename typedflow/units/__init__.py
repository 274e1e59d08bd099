"""What a project instantiates, one kind per module: how a kind is resolved, named, started and deployed."""

__all__: list[str] = []
