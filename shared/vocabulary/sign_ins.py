"""Signing in: results of attempts, roles of members and the rights of each."""

from __future__ import annotations

from shared.vocabulary.subject import Subject

SIGN_IN_OUTCOMES = Subject(
    "outcome of a sign-in",
    {
        "password": "signed in with the password",
        "code": "signed in with password and code",
        "invitation": "accepted the invitation",
        "half": "the password was right; the code was still missing",
        "refused": "refused: wrong password, or no access any more",
        "code_refused": "refused: wrong code",
        "limited": "refused: too many failed attempts",
    },
)
ROLES = Subject("role", {"agent": "agent", "manager": "manager", "admin": "admin", "operator": "operator"})
ROLE_DUTIES = Subject(
    "what a role may do",
    {
        "agent": "agent: people, homes, wishes, sending",
        "manager": "manager: also erases the data of anybody's contacts",
        "admin": "admin: also members, API clients, services",
    },
)
