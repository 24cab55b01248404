"""The description of all addresses for programs (OpenAPI) and for people."""
