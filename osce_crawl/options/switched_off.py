"""Scrapy's own components that are switched off are not even imported."""

from scrapy.settings import BaseSettings

#: The setting that lists a component and the component → the setting that switches it on. Scrapy
#: imports a component before it asks whether it is wanted: with them come aiohttp, requests and
#: others that a crawl does not use, a sixth of its start.
_SWITCHES = {
    ("EXTENSIONS_BASE", "scrapy.extensions.remote_control.RemoteControl"): "REMOTE_CONTROL_ENABLED",
    ("EXTENSIONS_BASE", "scrapy.extensions.telnet.TelnetConsole"): "TELNETCONSOLE_ENABLED",
    (
        "DOWNLOADER_MIDDLEWARES_BASE",
        "scrapy.downloadermiddlewares.cookies.CookiesMiddleware",
    ): "COOKIES_ENABLED",
}


def leave_out_switched_off(settings: BaseSettings) -> None:
    """Take components out of the lists of those that Scrapy imports if they are switched off."""
    for (name, component), switch in _SWITCHES.items():
        if not settings.getbool(switch):
            others = {one: order for one, order in settings[name].items() if one != component}
            settings.set(name, others, priority="spider")
