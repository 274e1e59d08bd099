"""A format of your own: `parser=` turns text into a dictionary, the model does the rest."""

import configparser

from metaflow import FlowSpec, step

from typedflow import Config, ConfigModel


class Server(ConfigModel):
    """A section of the file."""

    host: str
    port: int


class Servers(ConfigModel):
    """All sections of the file."""

    tracking: Server


def read_ini(text):
    """Parse an INI file; its values are text, which the model converts to numbers."""
    parser = configparser.ConfigParser()
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser.sections()}


class ParserFlow(FlowSpec):
    """Reads `servers.ini`."""

    servers = Config("servers", model=Servers, parser=read_ini, default="servers.ini")

    @step
    def start(self):
        tracking = self.servers.tracking
        print(f"tracking on {tracking.host}, port {tracking.port + 0}")
        self.next(self.end)

    @step
    def end(self):
        pass


if __name__ == "__main__":
    ParserFlow()
