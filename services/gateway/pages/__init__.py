"""Pages for browsers: one folder a feature, which nothing else imports."""
