"""The house's own rules, kept by running the tools that keep them."""
