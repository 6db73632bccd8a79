"""The record in the forms in which it is taken away: each module makes bytes of data that it is handed."""
