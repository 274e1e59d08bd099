"""A flow with a mistake in every place where a config is read at class level."""

from metaflow import FlowSpec, Parameter, environment, resources, schedule, step
from models import TrainConfig

from typedflow import Config, config_expr, ref

LATER = ref(TrainConfig, "config")


@schedule(cron=config_expr("config.schedule.crn"))
class TypoFlow(FlowSpec):
    config = Config("config", model=TrainConfig, default="myconfig.toml")
    lr = Parameter("lr", default=config.model.learing_rate, type=float)

    @resources(cpu=config.resources.cpus, memory=config["resources"]["mem"])
    @environment(
        vars={
            "A": config.env["my-ky"],
            "B": config_expr("confg.name"),
            "C": config_expr("config.model.layers[7]"),
            "D": config_expr(
                "config.name +",
            ),
            "E": config_expr("config.name / 2"),
            "F": LATER.model.dept,
            "G": config.timeout,
            "H": config_expr(r"'é\n' + config.nam"),
            "I": config_expr("'\x41' + config.nam"),
        }
    )
    @step
    def start(self):
        self.next(self.end)

    @environment(**config.name)
    @resources(**config.resourcs)
    @step
    def end(self):
        pass


if __name__ == "__main__":
    TypoFlow()
