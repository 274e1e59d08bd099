"""A migration of a model raised an exception.

The stored form of an older run is changed by the model's migrations before the model reads it; the run itself stays as
it is.

Instead, mend the function at the line that is shown. It takes what the run has stored: keys by field name, and none of
those that a model got later.
"""
