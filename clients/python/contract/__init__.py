"""Requests as OpenAPI documents describe them: calls made from a document, and the samples of a reference.

The tests of the server use it with its own document; `make contract` and `make client-samples` name others.
"""
