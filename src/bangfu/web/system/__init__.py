"""系统: accounts, the journal, backups, how the installation is."""
