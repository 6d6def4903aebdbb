"""Thousands of edits in one sitting, and hours beside another program: what they do to speed and memory."""
