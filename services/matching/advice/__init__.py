"""Advice: what a draft search would match, which changes would match more, and the demand for one listing."""
