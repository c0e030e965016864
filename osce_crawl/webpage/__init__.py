"""What the project's HTML pages share: markup, the frame of a document, the look."""
