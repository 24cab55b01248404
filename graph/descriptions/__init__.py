"""What describes the data: vocabulary, VoID, DCAT-AP."""
