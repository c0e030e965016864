"""A parser of fundus for the simulated newsroom; fundus has none of its own for the site."""

# ruff: noqa: UP045 - fundus derives defaults from annotations and does not support `str | None`

from datetime import datetime
from typing import Optional

from fundus.parser import ArticleBody, BaseParser, Image, ParserProxy, attribute
from fundus.parser.utility import (
    extract_article_body_with_selector,
    generic_date_parsing,
    generic_topic_parsing,
    image_extraction,
)
from lxml.etree import XPath

_BODY = (
    "//div[contains(@class, 'node-content') or @class='body body-section is-text text--default'"
    " or (@class='pane-content' and ancestor::div[@class='content--content'])]"
)


class OsceParser(ParserProxy):
    """The parser's versions; one for all layouts of the site."""

    class V1(BaseParser):
        """All printed values for which fundus has a field."""

        _paragraphs = XPath(f"{_BODY}//p | {_BODY}//li")
        _dates = XPath(
            "string((//time/@datetime | //span[@class='date-display-single']"
            " | //p[@class='location-date'])[1])"
        )
        _topics = XPath(
            "//dt[starts-with(., 'Fields of work')]/following-sibling::dd[1]//a/text()"
            " | //span[starts-with(., 'Fields of work')]/following-sibling::span/text()"
        )

        @attribute
        def title(self) -> Optional[str]:
            """Return the headline."""
            return self.precomputed.meta.get("og:title")

        @attribute
        def body(self) -> Optional[ArticleBody]:
            """Return the text."""
            return extract_article_body_with_selector(
                self.precomputed.doc, paragraph_selector=self._paragraphs
            )

        @attribute
        def publishing_date(self) -> Optional[datetime]:
            """Return the date of the header."""
            return generic_date_parsing(self._dates(self.precomputed.doc) or None)

        @attribute
        def topics(self) -> list[str]:
            """Return the fields of work."""
            return generic_topic_parsing(self._topics(self.precomputed.doc))

        @attribute
        def images(self) -> list[Image]:
            """Return the pictures of the text."""
            return image_extraction(
                doc=self.precomputed.doc,
                paragraph_selector=self._paragraphs,
                image_selector=XPath(
                    "//div[@class='photo']//img | //figure[contains(@class, 'osce-figure')]//img"
                    " | //figure[@class='media']//img"
                ),
            )
