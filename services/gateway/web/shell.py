"""The names of agency that pages still import from here; it goes with the last of them."""

from services.gateway.web.agency import face_of as face_of
from services.gateway.web.agency import own_agency as own_agency
from services.gateway.web.agency import zone as zone
