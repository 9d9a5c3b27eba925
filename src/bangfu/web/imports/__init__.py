"""导入: files come in, are looked at, applied, undone; what they ask is answered."""
