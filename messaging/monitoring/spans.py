"""How long something lasts, as a reader is told it. PURE."""

HOUR = 3_600


def days_words(days: int) -> str:
    """Such as “3 days”."""
    return "1 day" if days == 1 else f"{days} days"


def time_words(seconds: int) -> str:
    """In seconds, minutes or hours, whichever are few enough to read."""
    if seconds < 120:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    if seconds < 2 * HOUR:
        return f"{seconds // 60} minutes"
    return f"{seconds // HOUR} hours"
