"""The migrations: number n brings a database from version n - 1 to version n."""
