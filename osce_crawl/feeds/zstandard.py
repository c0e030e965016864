"""Feeds compressed by Zstandard."""

from typing import IO, Any

from backports.zstd import ZstdFile, compress


class ZstandardPlugin:
    """A post-processing plugin for Scrapy's feeds; the same rows always give the same bytes.

    Option of the feed: `zstd_level`, 1 to 22 (Zstandard's own default).
    """

    def __init__(self, file: IO[bytes], feed_options: dict[str, Any]) -> None:
        self._file = file
        self._zstd = ZstdFile(file, "wb", level=feed_options.get("zstd_level"))

    def write(self, data: bytes) -> int:
        """Compress some bytes. Raises OSError."""
        return self._zstd.write(data)

    def close(self) -> None:
        """End the compressed stream; the file stays open. Raises OSError."""
        empty = not self._zstd.tell()
        self._zstd.close()
        if empty:
            self._file.write(compress(b""))  # a file without a frame cannot be decompressed
