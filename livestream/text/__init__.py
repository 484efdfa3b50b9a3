"""Words shared by standards and speech: numbers, spoken forms, folding."""
