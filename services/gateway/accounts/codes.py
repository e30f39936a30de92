"""The codes for errors in agencies, members and signing in."""

from __future__ import annotations

from shared.codes import Code

PASSWORD_LENGTH = Code("password_length", "Use 12 characters or more (200 at most).")
TWICE = Code("twice", "List each one only once.")
NOT_A_COLOUR = Code("not_a_colour", "Use #RRGGBB.")
LAST_ADMIN = Code("last_admin", "Make somebody else an admin first.")
WRONG_CODE = Code("wrong_code", "This is not the code that the app shows now.")
EMAIL_OF_A_MEMBER = Code("email_of_a_member", "This address belongs to a member of an agency.")
EMAIL_TAKEN = Code("email_taken", "Somebody signs in with this address already.")
NO_LONGER_HERE = Code("no_longer_here", "Activate this member again first.")
