"""The Timeline screen: how a debate came to stand as it does."""
