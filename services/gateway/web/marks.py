"""The names of icons, faces and formats that pages still import from here; it goes with the last of them."""

from services.gateway.web.faces import face as face
from services.gateway.web.faces import initials as initials
from services.gateway.web.formats import phone as phone
from services.gateway.web.icons import icon as icon
