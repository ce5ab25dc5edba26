"""What-ifs for analysts: their tables, their values and a slider."""
