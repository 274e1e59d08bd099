class Parallel(typing.NamedTuple):
    main_ip: str
    num_nodes: int
    node_index: int
    control_task_id: str | None

class Current:
    # In a step these are there; Metaflow says Optional for code outside of flows.
    def __contains__(self, key: str) -> bool: ...
    def get(self, key: str, default: typing.Any = None) -> typing.Any: ...
    @property
    def tags(self) -> set[str]: ...
