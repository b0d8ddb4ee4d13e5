"""The version of the program, which CHANGELOG.md tells of."""

VERSION = "0.7.0"
