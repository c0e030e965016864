"""What scrapyd-deploy packs: the package with its data, and the name of its settings module.

deploy.sh runs scrapyd-deploy in a copy of the project. The wheel is built from pyproject.toml.
"""

from setuptools import find_packages, setup

setup(
    name="osce_crawl",
    packages=find_packages(),
    package_data={
        "osce_crawl": [
            "data/*",
            "dataset/page/*.css",
            "dataset/page/*.js",
            "reports/page/*.css",
            "store/migrations/*",
            "webpage/*.css",
        ]
    },
    entry_points={"scrapy": ["settings = osce_crawl.settings"]},
)
