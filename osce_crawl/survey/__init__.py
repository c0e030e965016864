"""Finds where the site lists its releases; holds state only and sends no requests itself."""

from osce_crawl.survey.asking import Ask, Came
from osce_crawl.survey.choice import Choice, choose
from osce_crawl.survey.finds import Find, Sample
from osce_crawl.survey.survey import Survey

__all__ = ["Ask", "Came", "Choice", "Find", "Sample", "Survey", "choose"]
