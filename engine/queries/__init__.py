"""What a page shows. Reads only; each is one call in one transaction."""
