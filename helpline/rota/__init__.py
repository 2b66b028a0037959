"""The rota as staff see it: rows loaded once into a picture, and what pages, warnings and calendars make of it."""
