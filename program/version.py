"""The version of the program, which CHANGELOG.md tells of."""

VERSION = "0.9.0"
