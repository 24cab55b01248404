"""The network map: view in the address, scene, legend, evidence card, table."""
