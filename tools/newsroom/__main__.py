"""Start a newsroom on the loopback interface and print the command that crawls it."""

import argparse
import json
import shlex
import signal
import sys
import threading
from datetime import date
from pathlib import Path

from . import scenarios
from .faults import Faulty
from .motion import schedule
from .network import HOSTS, PAGES, Network
from .proxy import Proxy
from .server import Server
from .site import NOW, Site
from .ways import WAYS

ROOT = Path(__file__).parents[2]
#: The same at each start, so that the next run finds the store of the previous one.
PORT = 8411


def main() -> None:
    """Serve until interrupted."""
    parser = make_parser()
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):  # a shell's background jobs ignore SIGINT
        signal.signal(number, signal.default_int_handler)
    try:
        listening = _many_hosts(options) if options.site else Server(options.port)
    except OSError as error:
        parser.error(
            f"--port {options.port} cannot be opened ({error.strerror}): name another, or 0"
        )
    with listening as server:
        site = _site(server, options)
        server.answer = Faulty(site, options.fault, options.seed).answer
        if options.moving:
            site.plan(schedule(options.seed, site))
        if options.truth:
            write_truth(site, options.truth)
        sys.stdout.write(
            f"{site.base} at {server.url}: {len(site.facts.items)} items, seed {options.seed}."
            f" Ctrl-C ends it. Crawl it from another terminal:\n\n"
            f"{command(server, options)}\n"
        )
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            sys.stdout.write(f"{len(server.hits)} requests answered\n")
            if options.truth:
                write_truth(site, options.truth)


def _folder(place: str, options: argparse.Namespace) -> str:
    """Return the folder of a crawl's outputs, relative to the project's folder.

    It depends on address, seed and number of items: outputs of another newsroom would not fit.
    """
    return f"output/simulated/{place}-{options.seed}-{options.items}"


def _many_hosts(options: argparse.Namespace) -> Proxy:
    folder = ROOT / _folder("hosts", options)
    folder.mkdir(parents=True, exist_ok=True)
    return Proxy(HOSTS, folder, options.port)


def _site(server: Server, options: argparse.Namespace) -> Site:
    given = {"now": options.now}
    if not options.site:
        delay = options.crawl_delay
        return Site(server.url, options.items, options.seed, delay=delay, **given)
    return Network(
        options.items,
        options.seed,
        way=options.site,
        spread=not options.together,
        delays=dict.fromkeys(PAGES, options.crawl_delay),
        **given,
    )


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    parser = argparse.ArgumentParser(prog="python -m tools.newsroom", description=__doc__)
    add_options(parser)
    return parser


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to a parser."""
    parser.add_argument(
        "--items", type=int, default=500, help="number of items (default: %(default)s)"
    )
    parser.add_argument(
        "--site",
        choices=WAYS,
        help="serve the hosts of osce.org behind a proxy; how the releases can be found: "
        + "; ".join(f"{name}: {one.about}" for name, one in WAYS.items()),
    )
    parser.add_argument(
        "--together",
        action="store_true",
        help="with --site: the units have no hosts of their own yet",
    )
    parser.add_argument(
        "--seed",
        type=int,
        default=1,
        help="seed of the items (default: %(default)s)",
    )
    parser.add_argument(
        "--port", type=int, default=PORT, help="port (default: %(default)s); 0: any free one"
    )
    parser.add_argument(
        "--now",
        type=date.fromisoformat,
        default=NOW,
        help="date of the newsroom (default: %(default)s)",
    )
    parser.add_argument(
        "--crawl-delay",
        type=int,
        default=0,
        help="Crawl-delay of its robots.txt, in seconds (default: none)",
    )
    parser.add_argument(
        "--moving",
        action="store_true",
        help="items appear, change and disappear during a crawl; its clock advances one second"
        " per request",
    )
    parser.add_argument(
        "--truth", type=Path, help="file for the ground truth, written at the start and at the end"
    )
    scenarios.add_arguments(parser)


def command(server: Server, options: argparse.Namespace) -> str:
    """Return the command that crawls the newsroom, for any folder."""
    environment = server.environ if isinstance(server, Proxy) else {}
    folder = _folder("hosts" if environment else server.url.rpartition(":")[2], options)
    settings = {
        "OSCE_NOW": f"{options.now}T23:00:00Z",
        "OSCE_STORE": f"{folder}/newsroom.sqlite",
        "OSCE_CHANGES": f"{folder}/changes.jsonl",
        "OSCE_REPORTS": f"{folder}/runs",
        "OSCE_INVALID": f"{folder}/invalid.jsonl",
        "DOWNLOAD_DELAY": "0",
        "AUTOTHROTTLE_ENABLED": "0",
    }
    if not environment:
        settings = {"OSCE_BASE_URL": server.url, **settings}
    if options.truth:
        settings["OSCE_CONTACTS"] = "1"  # the truth includes contacts
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in environment.items())
    scrapy = [".venv/bin/scrapy", "crawl", "newsroom", "-O", f"{folder}/items.jsonl"]
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return f"cd {shlex.quote(str(ROOT))} && {variables}{shlex.join([*scrapy, *given])}"


def write_truth(site: Site, path: Path) -> None:
    """Write the current ground truth of a newsroom, one item per line."""
    with path.open("w", encoding="utf-8") as file:
        for item in site.truth():
            file.write(json.dumps(item, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
