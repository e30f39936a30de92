"""Pages in a real browser, over real services; `town` is the system, `visitor` a browser to use it with."""
