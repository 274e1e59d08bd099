import datetime

class MetaflowEvent(typing.NamedTuple):
    name: str
    id: str
    timestamp: datetime.datetime
    type: str
