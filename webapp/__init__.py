"""The web application: pages, map, SPARQL and files over one edition; HTTP only. See `webapp.app.create_app`."""
