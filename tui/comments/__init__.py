"""What people say of a thing, and a place to say more."""
