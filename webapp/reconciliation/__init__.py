"""The reconciliation service: spreadsheets of others are matched with the records of the edition."""
