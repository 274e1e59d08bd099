"""Models of configs."""

from pydantic import BaseModel

from typedflow import ConfigModel


class Owned(BaseModel):
    owner: str = ""


class Schedule(BaseModel):
    cron: str = "daily"
    hours: list[int] = []


class Yearly(BaseModel):
    cron: str = "yearly"
    hours: list[int] = []
    year: int = 2000


class Limits(ConfigModel):
    cpu: int = 1


class Settings(Owned, ConfigModel):
    cpu: int = 1
    memory: int = 1
    limits: Limits = Limits()
    schedule: Schedule


class Other(ConfigModel):
    cpu: str = ""
    owner: int = 1
    extra: str = ""
    schedule: Yearly
