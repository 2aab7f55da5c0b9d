"""A server that records what clients send, for tests and benchmarks; it is not part of the package."""
