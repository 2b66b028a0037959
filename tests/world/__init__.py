"""The world of the tests: the people, the desk and the browsers that stand in for the real ones. docs/testing.md describes it."""
