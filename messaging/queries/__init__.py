"""What may be asked of the messaging rows; nothing here changes one."""
