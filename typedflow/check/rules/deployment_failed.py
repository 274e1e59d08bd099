"""Metaflow did not deploy a variant.

What it said last stands in the message, all of it in the log that is shown: often the target or the datastore cannot be
reached, or a variable such as `METAFLOW_DATASTORE_SYSROOT_S3` is missing.

Instead, mend what it says and give the same command again: it deploys what is missing, and nothing twice.
"""
