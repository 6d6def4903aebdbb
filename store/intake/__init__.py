"""Readers' ideas on their way into the inbox: from files of ideas and from mail."""
