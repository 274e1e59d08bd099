"""The process of a flow cannot be started.

The flow runs in a process of its own, by the same Python that runs typedflow.

Instead, see that the Python that runs typedflow is still there, and may be executed.
"""
