"""The version of the program, which CHANGELOG.md tells of."""

VERSION = "0.6.0"
