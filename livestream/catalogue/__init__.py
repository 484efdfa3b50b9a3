"""A merchant's product list, read into products, variants, offers and facts."""
