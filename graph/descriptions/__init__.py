"""What describes the data: VoID and the catalogue in DCAT-AP."""
