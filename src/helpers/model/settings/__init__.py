"""What a round states about prices, registers, pledges, years, words and published figures."""
