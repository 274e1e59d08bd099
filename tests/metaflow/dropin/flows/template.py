"""A base flow with a config that is made at launch, for flows to share."""

from facts import generated
from metaflow import Config, FlowSpec


class Template(FlowSpec):
    made = Config("made", default_value="", parser=generated)  # typed: Generated

    def told(self):
        return dict(self.made)
