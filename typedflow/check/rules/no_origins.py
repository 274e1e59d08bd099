"""A run has not stored where the values of its config are from.

typedflow keeps the origins of a config that has a model in every run that it launches, beside the values. Runs of plain
Metaflow have none, nor have those of a flow that has an attribute of its own named `<config>_origins`.

Instead, launch the flow anew, or compare the run with its binding: `typedflow diff FLOW RUN BINDING`.
"""
