del main

class CommandManager:
    async def wait(self, timeout: float | None = None, stream: str | None = None) -> None: ...
    async def emit_logs(self, stream: str = "stdout", custom_logger: typing.Callable[..., None] = ...) -> None: ...
    def stream_log(
        self,
        stream: str,
        position: int | None = None,
        timeout_per_line: float | None = None,
        log_write_delay: float = 0.01,
    ) -> typing.AsyncIterator[tuple[int, str]]: ...
