"""The file that describes a consortium."""
