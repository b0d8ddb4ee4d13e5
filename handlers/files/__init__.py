"""What goes out as a file: views go in, and bytes come out."""
