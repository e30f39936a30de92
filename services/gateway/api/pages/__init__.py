"""Pages for browsers: server-rendered, no inline script or style, nothing from elsewhere."""
