"""What keeps the crawl welcome: robots.txt, delays, and the hosts it stays on."""
