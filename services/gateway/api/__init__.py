"""The HTTP door of the gateway: a JSON API for programs, pages for browsers."""
