"""A module without a flow: only `ref` can be checked."""

from metaflow import resources
from typing_extensions import assert_type

from reach.models import First
from typedflow import config_expr, ref

small = resources(cpu=ref(First, "config").one)
assert_type(ref(First, "config").one, int)
wrong = ref(First, "config").two
unchecked = config_expr("config.one")
still_wrong = config_expr("First(two=2).three")

# Judged where they are used: in `refs.py`.
first = ref(First, "first")
mistyped = ref(First, "fist")
