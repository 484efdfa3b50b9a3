"""What there is of each locale: its voice here, its words, what it still lacks, and a new one's first files."""
