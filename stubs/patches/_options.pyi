# Options of decorators, where Metaflow takes or has more than its docstrings say. Numbers may be fractions where
# Metaflow's code asks for `float(value)`; that it takes numbers as text, too, is for `--with resources:cpu=2`, and
# typed so would accept any text.

def step(*, start: bool = False, end: bool = False, node_info: dict[str, typing.Any] | None = None): ...
def resources(*, cpu: float = 1, memory: float = 4096, disk: float | None = None): ...
def kubernetes(
    *,
    cpu: float = 1,
    memory: float = 4096,
    disk: float = 10240,
    image_pull_policy: str | None = None,
    image_pull_secrets: list[str] | None = None,
    service_account: str | None = None,
    namespace: str | None = None,
    gpu_vendor: str | None = None,
    tolerations: list[dict[str, typing.Any]] | None = None,
    labels: typing.Mapping[str, str] | None = None,
    annotations: typing.Mapping[str, str] | None = None,
    use_tmpfs: bool | None = None,
    executable: str | None = None,
): ...
def batch(
    *,
    cpu: float | None = None,
    gpu: int | None = None,
    memory: float | None = None,
    queue: str | None = None,
    iam_role: str | None = None,
    execution_role: str | None = None,
    inferentia: int | None = None,
    efa: int | None = None,
    host_volumes: list[str] | None = None,
    efs_volumes: list[str] | None = None,
    executable: str | None = None,
): ...
def environment(*, vars: typing.Mapping[str, object] = {}): ...
def conda(*, packages: typing.Mapping[str, str] = {}, libraries: typing.Mapping[str, str] = {}): ...
def conda_base(*, packages: typing.Mapping[str, str] = {}, libraries: typing.Mapping[str, str] = {}): ...
def pypi(*, packages: typing.Mapping[str, str] = {}): ...
def pypi_base(*, packages: typing.Mapping[str, str] = {}): ...
def card(*, save_errors: bool = True, customize: bool = False, refresh_interval: int = 5): ...
def trigger(
    *,
    event: str
    | typing.Mapping[str, typing.Any]
    | typing.Callable[[parameters.ParameterContext], str | typing.Mapping[str, typing.Any]]
    | None = None,
    events: typing.Sequence[
        str
        | typing.Mapping[str, typing.Any]
        | typing.Callable[[parameters.ParameterContext], str | typing.Mapping[str, typing.Any]]
    ]
    | typing.Callable[[parameters.ParameterContext], typing.Sequence[str | typing.Mapping[str, typing.Any]]] = [],
): ...
def trigger_on_finish(
    *,
    flow: str
    | typing.Mapping[str, str]
    | typing.Callable[[parameters.ParameterContext], str | typing.Mapping[str, str]]
    | None = None,
    flows: typing.Sequence[
        str
        | typing.Mapping[str, str]
        | typing.Callable[[parameters.ParameterContext], str | typing.Mapping[str, str]]
    ]
    | typing.Callable[[parameters.ParameterContext], typing.Sequence[str | typing.Mapping[str, str]]] = [],
): ...
def pytorch_parallel(*, master_port: int | None = None): ...
def exit_hook(
    *,
    on_success: list[str | typing.Callable[..., typing.Any]] = [],
    on_error: list[str | typing.Callable[..., typing.Any]] = [],
    options: dict[str, typing.Any] = {},
) -> typing.Type[FlowSpecDerived]: ...
