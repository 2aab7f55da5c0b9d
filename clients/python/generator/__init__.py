"""Writes the typed modules, stubs and reference pages of the client from its table of operations."""
