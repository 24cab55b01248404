"""What a request asks, language, day, parameters, and how it is answered: negotiation, errors, caching, headers."""
