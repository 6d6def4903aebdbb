"""Kills, failing disks and power cuts at every call that changes a file."""
