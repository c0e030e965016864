"""The page's block for Spark, on Spark in local mode: `make spark`.

It needs .venv/spark with PySpark, and Java.
"""

import os
import subprocess

from crawl.command import ROOT
from docs.page_blocks import blocks
from using_the_data.blocks import PAGE, check
from using_the_data.simulated import Simulated

PYTHON = ROOT / ".venv" / "spark" / "bin" / "python"


def test_spark_counts_as_the_page_says(tmp_path):
    (block,) = [block for block in blocks(PAGE) if block.heading == "Spark"]
    data = Simulated(tmp_path)
    done = subprocess.run(
        [PYTHON, "-c", block.code],
        cwd=data.folder,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": str(PYTHON)},
        capture_output=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr.decode()
    check(block, done.stdout.decode())
