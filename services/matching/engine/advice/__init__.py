"""Counting what each wish costs and what a change of the wishes would bring."""
