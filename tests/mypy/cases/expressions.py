"""Config expressions, right and wrong, in every form of literal."""

from typing import Final

from metaflow import FlowSpec
from typing_extensions import assert_type

from typedflow import Config, ConfigModel, config_expr


class Schedule(ConfigModel):
    """A sub-model."""

    cron: str = "0 0 * * *"
    days: int | None = None

    def shifted(self, hours: int) -> str:
        """Return a method to call."""
        return f"{hours} {self.cron}"


class Train(ConfigModel):
    """A model."""

    schedule: Schedule = Schedule()
    backup: Schedule | None = None
    rates: list[float] = []
    tags: dict[str, int] = {}


FACTOR = 3
PATH: Final = "config.schedule.crn"
ROOT: Final = "config"


def scaled(value: float, by: int = 1) -> float:
    """Return a helper of the module."""
    return value * by


class Right(FlowSpec):
    """Each expression has its type."""

    config = Config("config", model=Train, default="train.toml")

    assert_type(config_expr("config"), Train)
    assert_type(config_expr("config.schedule.cron"), str)
    assert_type(config_expr(" \tconfig.schedule.cron "), str)
    assert_type(config_expr("config.schedule.days"), int | None)
    assert_type(config_expr("config.rates[0]"), float)
    assert_type(config_expr("config.tags['a'] + FACTOR"), int)
    assert_type(config_expr("[rate * 2 for rate in config.rates]"), list[float])
    assert_type(config_expr("max(config.rates, key=lambda rate: -rate)"), float)
    assert_type(config_expr("config.backup.cron if config.backup is not None else ''"), str)
    assert_type(config_expr("config.schedule.shifted(hours=2)"), str)
    assert_type(config_expr("f'{config.schedule.cron}!'"), str)
    assert_type(config_expr("(days := config.schedule.days) and days * 2"), int | None)
    assert_type(config_expr("{name: scaled(n) for name, n in config.tags.items()}"), dict[str, float])
    assert_type(config_expr(r"config.schedule.cron.split('\n')"), list[str])
    assert_type(config_expr("config." + "schedule.cron"), str)
    assert_type(config_expr(ROOT + ".schedule.cron"), str)
    assert_type(config_expr(expr="FACTOR"), int)
    assert_type(config_expr("scaled(LATER)"), float)


class Wrong(FlowSpec):
    """Each mistake stands at its column."""

    config = Config("config", model=Train, default="train.toml")

    attributes = [
        config_expr("config.schedule.crn"),
        config_expr("config.shedule.cron"),
        config_expr("config.schedule.cron.foo"),
        config_expr("config.backup.cron"),
        config_expr("config.rates.foo"),
        config_expr("[rate.foo for rate in config.rates]"),
        config_expr("(config . schedule . crn)"),
    ]
    literals = [
        config_expr('config.schedule.crn'),
        config_expr(r"config.schedule.crn"),
        config_expr(u"config.schedule.crn"),
        config_expr("\x63onfig.\N{LATIN SMALL LETTER S}chedule.crn"),
        config_expr("config." "schedule" ".crn"),
        config_expr(
            "config."
            # a comment between two parts
            'schedule'
            ".crn"
        ),
        config_expr("config." + "schedule" + ".crn"),
        config_expr("""config.schedule.crn"""),
        config_expr("""(config
            .schedule
            .crn)"""),
        config_expr("config.schedule.\
crn"),
        ("äöü€😀", config_expr("config.schedule.crn")),
        config_expr("('äöü€😀', config.schedule.crn)"),
        config_expr(PATH),
        config_expr(ROOT + ".schedule.crn"),
        config_expr(expr="config.schedule.crn"),
    ]
    operators = [
        config_expr("config.schedule.cron + 1"),
        config_expr("1 + config.schedule.cron"),
        config_expr("config.schedule.days + 1"),
        config_expr("-config.schedule"),
        config_expr("config.rates['a']"),
        config_expr("config.tags[0]"),
        config_expr("config['shedule']"),
        config_expr("config.schedule.cron[0][1].foo"),
    ]
    calls = [
        config_expr("config.schedule.shifted('2')"),
        config_expr("config.schedule.shifted()"),
        config_expr("config.schedule.cron()"),
        config_expr("scaled(config.schedule.cron)"),
        config_expr("len(config.schedule.days)"),
    ]
    names = [
        config_expr("confg.schedule.cron"),
        config_expr("cfg.schedule.cron"),
        config_expr("config.schedule.cron + x"),
        config_expr("self.config.schedule.cron"),
        config_expr("FACTR * 2"),
    ]
    unchecked = [
        config_expr(f"config.{ROOT}"),
        config_expr("config.{}".format("schedule")),
        config_expr("config.%s" % "schedule"),
        config_expr(str(FACTOR)),
    ]


LATER = scaled(2.0)
