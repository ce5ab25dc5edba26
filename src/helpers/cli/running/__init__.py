"""What every command does when it runs: options, language, clock, messages and delivery."""
