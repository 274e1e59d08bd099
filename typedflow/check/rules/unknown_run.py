"""There is no such run, or Metaflow cannot read it.

A run is read through Metaflow's Client: from its metadata service or the local `.metaflow` directory, and within a
namespace. Its data may be gone from the datastore, where only the metadata was kept.

Instead, correct the pathspec (`Train/12`), start Python in the project's directory, or call `metaflow.namespace(None)`
to see the runs of others.
"""
