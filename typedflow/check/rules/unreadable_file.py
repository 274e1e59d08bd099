"""A file is there and cannot be read: permissions, or it is a directory.

To go on without it would leave its settings out in silence.

Instead, correct its permissions, or the path.
"""
