"""What a chapter measures, one file each."""
