from ....client.core import Run as Run
from ....flowspec import FlowSpec as FlowSpec

# A decorator hides the class from upstream's generator.
class S3:
    def __init__(
        self,
        tmproot: str = ".",
        bucket: str | None = None,
        prefix: str | None = None,
        run: FlowSpec | Run | None = None,
        s3root: str | None = None,
        encryption: str | None = None,
        **kwargs: typing.Any,
    ) -> None: ...
    def close(self) -> None: ...
