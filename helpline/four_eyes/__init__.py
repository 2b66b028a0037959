"""What cannot be undone takes two people and a pause: proposed, told to everyone concerned, confirmed, and done when its time has come."""
