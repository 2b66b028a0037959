"""The pictures of the documentation, taken from a running demonstration."""
