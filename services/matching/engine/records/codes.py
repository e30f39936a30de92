"""What can be wrong with a listing or a search, as codes."""

from __future__ import annotations

from shared.codes import Code

ONE_KIND_OF_AREA = Code("one_kind_of_area", "Give one of circle, polygon or place.")
RADIUS_OUT_OF_RANGE = Code("radius_out_of_range", "Give {least} to {most} kilometres.")
SWAPPED = Code("swapped", "{latitude} is not a latitude; latitude and longitude seem to be swapped.")
SWAPPED_INTO = Code(
    "swapped_into", "The point is outside {country}, but inside it with latitude and longitude swapped."
)
ONE_KIND_OF_PLACE = Code("one_kind_of_place", "Give one of city, postal_code or name.")
NOT_A_POLYGON = Code("not_a_polygon", "Give a GeoJSON Polygon or MultiPolygon.")
NO_COORDINATES = Code("no_coordinates", "Give coordinates.")
TOO_MANY_VERTICES = Code("too_many_vertices", "{vertices} vertices are too many; draw it with {most} at most.")
OUTLINE_CROSSES = Code("outline_crosses", "The outline is not valid ({why}); draw it without crossing lines.")
NO_RINGS = Code("no_rings", "Give at least one ring of positions.")
RING_TOO_SHORT = Code("ring_too_short", "A ring needs four positions or more, the last equal to the first.")
EDGE_TOO_LONG = Code("edge_too_long", "An edge is longer than 180 degrees; split the area at the 180th meridian.")
RING_OPEN = Code("ring_open", "The last position of a ring must be equal to the first.")
NOT_A_POSITION = Code("not_a_position", "A position is [longitude, latitude] in degrees.")
OUTSIDE_THE_GLOBE = Code("outside_the_globe", "[{longitude}, {latitude}] is outside the globe{hint}.")
NOT_DEGREES = Code("not_degrees", "{value} is outside -{most} to {most} degrees.")
IN_TWO_LISTS = Code("in_two_lists", "'{word}' is in {other} too; a word may be in only one of the lists.")
NOTHING_DECIDES = Code(
    "nothing_decides",
    "State at least one price, size, area or type, or a feature that is a must-have or not acceptable.",
)
LENGTH = Code("length", "Give 1 to {most} characters.")
BELOW_THE_OTHER = Code("below_the_other", "{high} is below {low}. Swap them?")
NOT_A_TOLERANCE = Code("not_a_tolerance", "Give a whole number from 0 to {most}.")
WORDS_TOO_LONG = Code("words_too_long", "Give a list of {most} words at most, 1 to 64 characters each.")
NOT_STRENGTHS = Code("not_strengths", "Give an object of words with strong, would or might.")
TWO_STRENGTHS = Code("two_strengths", "'{word}' is wished for twice, with different strengths.")
SAME_ID = Code("same_id", "An earlier line has this id.")
NOT_UTF8 = Code("not_utf8", "The line is not UTF-8.")
NOT_JSON = Code("not_json", "The line is not JSON ({why}).")
NOT_ONE_OBJECT = Code("not_one_object", "Give one JSON object per line.")
