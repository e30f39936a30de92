"""The names of session that pages still import from here; it goes with the last of them."""

from services.gateway.web.session import cookie_name as cookie_name
from services.gateway.web.session import drop_cookie as drop_cookie
from services.gateway.web.session import local_path as local_path
from services.gateway.web.session import member as member
from services.gateway.web.session import origin as origin
from services.gateway.web.session import prospect as prospect
from services.gateway.web.session import session_policy as session_policy
from services.gateway.web.session import set_cookie as set_cookie
