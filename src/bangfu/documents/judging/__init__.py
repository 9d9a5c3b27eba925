"""All that speaks for and against each doubt -> what the text is told, what it is asked, and what comes out."""
