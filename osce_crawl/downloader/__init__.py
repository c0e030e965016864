"""Between engine and network: robots.txt, hosts, delays, whole bodies, saved sites."""
