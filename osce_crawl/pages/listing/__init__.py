"""What a page of a listing says."""
