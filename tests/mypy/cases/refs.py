"""A `ref` at the top of a module serves the flows of this and of other modules."""

from enum import Enum

from metaflow import FlowSpec, Parameter, catch, environment, resources, schedule, step
from pydantic import BaseModel
from reach import library
from reach.library import first as shared
from reach.models import First

from typedflow import Config, ConfigModel, config_expr, ref


class Zone(Enum):
    """An enum, which decorators get by value."""

    UTC = "UTC"


class Stage(ConfigModel):
    """Fields that `resources` does not know."""

    cpu: int = 1
    gpus: int = 1


class Plain(BaseModel):
    """Not a mapping."""

    gpus: int = 1


class Limits(ConfigModel):
    """Fields that `resources` knows."""

    cpu: int = 1
    memory: int = 1


class Settings(ConfigModel):
    """A model."""

    stage: Stage = Stage()
    limits: Limits = Limits()
    stages: list[Stage] = []
    by_name: dict[str, Stage] = {}
    plain: Plain = Plain()
    zone: Zone = Zone.UTC
    cron: str = ""


NAME = "settings"
settings = ref(Settings, "settings")
annotated: Settings = ref(Settings, "settings")
stage = settings.stage
wrong_name = ref(Settings, "setings")
wrong_model = ref(Stage, "settings")
unused = ref(Settings, "never")
at_run_time = ref(Settings, NAME)
DECLARED = Config("declared", model=Settings, default="settings.toml")
LIMITS = Limits()
STAGE = Stage()
zone = settings.zone
wrong_part = ref(Settings, "setings").stage
wrong_cpu = wrong_part.cpu


@schedule(cron=settings.cron, timezone=settings.zone)
@schedule(cron=at_run_time.cron, timezone=zone)
class Right(FlowSpec):
    """Each decorator takes what it is given."""

    config = Config("settings", model=Settings, default="settings.toml")
    declared = DECLARED
    first = Config("first", model=First, default="first.toml")
    zone = ref(Settings, "settings").zone
    one = Parameter("one", default=shared.one)
    own = config_expr("[stage.cpu for stage in settings.stages], (lambda shared: shared)(1)")

    @resources(**settings.limits)
    @resources(cpu=shared.one * 2, memory=library.first.one)
    @resources(**LIMITS)
    @resources(**DECLARED.limits)
    @catch(var=annotated.cron)
    @environment(vars={"A": settings.cron})
    @step
    def start(self) -> None:
        """Go on."""


@schedule(cron=settings.stage)
@schedule(cron=annotated.stages[0].cpu)
@schedule(cron=wrong_name.cron, timezone=wrong_model.cpu)
@schedule(cron=DECLARED.stage.cpu)
@schedule(**library.mistyped)
class Wrong(FlowSpec):
    """Each mistake is reported once: in a name where the `ref` is, if that is in this file."""

    config = Config("settings", model=Settings, default="settings.toml")
    local = ref(Settings, "settings")
    default = Parameter("default", default=[wrong_name.cron, shared.one])

    @resources(**settings)
    @resources(**settings.stage)
    @resources(**settings.stages[0])
    @resources(**settings.by_name["a"])
    @resources(**settings["stage"])
    @resources(**annotated.stage)
    @resources(**stage)
    @resources(**local.stage)
    @resources(**STAGE)
    @resources(**settings.plain)
    @resources(**config.plain)
    @resources(**wrong_name.limits)
    @resources(cpu=wrong_cpu)
    @environment(vars={"A": wrong_name.cron, **settings.by_name})
    @step
    def start(self) -> None:
        """Go on."""

    texts = [
        config_expr("settings.crn"),
        config_expr("annotated.cron"),
        config_expr("stage.cpu + LIMITS.cpu"),
        config_expr("[shared.one, (wrong_name\n    .cron)]"),
        config_expr("ref(Settings, 'settings').crn"),
        config_expr("[config_expr('settings.crn'), settings.cron, config_expr(NAME)]"),
        config_expr("config_expr(annotated.cron + NAME)"),
    ]
