"""Tables for spreadsheets and statistics: what stands in a cell, CSV and XLSX; the only writer of these files."""
