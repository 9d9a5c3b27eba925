"""Forms that change a household, its people, years and ledgers: checked while they are typed, saved all or nothing."""
