"""Pages of records: a module turns a record into values, a template lays them out."""
