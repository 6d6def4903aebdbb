"""What reaches for the network: one client, on connections to addresses that were checked."""
