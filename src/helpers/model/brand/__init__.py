"""How an organiser's documents look: colours by role, logo and typeface."""
