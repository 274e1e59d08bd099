"""Strategies for classes that appear only as functions in Pydantic's core schema."""

from __future__ import annotations

import ipaddress
import pathlib
from typing import Any

from hypothesis import strategies as st
from pydantic import IPvAnyAddress, IPvAnyInterface, IPvAnyNetwork

from typedflow.hypothesis._scalars import WORD, Values

#: Their values as files write them.
CLASSES: dict[Any, Values] = {
    ipaddress.IPv4Address: st.ip_addresses(v=4).map(str),
    ipaddress.IPv6Address: st.ip_addresses(v=6).map(str),
    ipaddress.IPv4Network: st.ip_addresses(v=4).map(lambda address: f"{address}/32"),
    ipaddress.IPv6Network: st.ip_addresses(v=6).map(lambda address: f"{address}/128"),
    ipaddress.IPv4Interface: st.ip_addresses(v=4).map(lambda address: f"{address}/24"),
    ipaddress.IPv6Interface: st.ip_addresses(v=6).map(lambda address: f"{address}/64"),
    **dict.fromkeys((IPvAnyAddress, IPvAnyInterface, IPvAnyNetwork), st.ip_addresses().map(str)),
    **dict.fromkeys(
        (pathlib.Path, pathlib.PurePath, pathlib.PosixPath, pathlib.PurePosixPath),
        st.lists(WORD, min_size=1, max_size=3).map("/".join),
    ),
}
#: Values for Pydantic's own validator functions, by name.
PLAIN: dict[str, Values] = {"pattern_str_validator": st.sampled_from(["a", "^[a-z]+$", r"\d{1,3}", "(x|y)*"])}
