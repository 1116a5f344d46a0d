"""Take questions to a learning platform, to Anki, or to paper. Only the formats that need a library load one."""
