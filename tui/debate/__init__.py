"""The Debate screen: the ranking, the open explanation, and what their keys change."""
