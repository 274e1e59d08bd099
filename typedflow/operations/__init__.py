"""What each command does, as functions: keyword arguments in, frozen values out; nothing here prints."""

__all__: list[str] = []
