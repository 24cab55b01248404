"""What the network as a whole tells: measures of organizations, explained."""
