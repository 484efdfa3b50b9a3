"""The other end of pushed comments: the reference client, and a load generator written on it."""
