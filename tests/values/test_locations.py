"""Locations as text."""

from typedflow.values import Location, Span, format_location

_PLACE = Location("a.yaml", Span(3, 5, 3, 9))


def test_a_location_is_written_as_far_as_it_is_known() -> None:
    """A name, a line and a column; the column may be left out."""
    assert str(_PLACE) == format_location(_PLACE) == "a.yaml:3:5"
    assert format_location(_PLACE, column=False) == "a.yaml:3"
    assert str(Location("--set a=1")) == format_location(Location("--set a=1"), column=False) == "--set a=1"
