"""The rota's pages."""
