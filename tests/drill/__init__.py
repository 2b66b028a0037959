"""The fault drill: an installation with a steady crowd of people who write, and faults that begin, are held and end. `manage.py drill`."""
