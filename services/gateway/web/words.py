"""The names of language and formats that pages still import from here; it goes with the last of them."""

from services.gateway.web.formats import REMEMBERED as REMEMBERED
from services.gateway.web.formats import area as area
from services.gateway.web.formats import clock as clock
from services.gateway.web.formats import day as day
from services.gateway.web.formats import megabytes as megabytes
from services.gateway.web.formats import money as money
from services.gateway.web.formats import number as number
from services.gateway.web.formats import percent as percent
from services.gateway.web.formats import plain as plain
from services.gateway.web.formats import seconds as seconds
from services.gateway.web.formats import when as when
from services.gateway.web.language import NAMES as NAMES
from services.gateway.web.language import THEMES as THEMES
from services.gateway.web.language import by_language as by_language
from services.gateway.web.language import choose_look as look
from services.gateway.web.language import gettext as gettext
from services.gateway.web.language import language as language
from services.gateway.web.language import look_cookie as look_cookie
from services.gateway.web.language import ngettext as ngettext
from services.gateway.web.language import read_in as read_in
from services.gateway.web.language import theme as theme

__all__ = ["look"]
