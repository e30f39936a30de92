"""Pages in a real browser, over real services; `running_system` is the system, `visitor` a browser to use it with."""
