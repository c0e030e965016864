"""Finds where the site lists its releases; holds state only and sends no requests itself."""

from osce_crawl.survey.choice import Choice, choose
from osce_crawl.survey.finds import Find, Sample
from osce_crawl.survey.questions import Question, Reply
from osce_crawl.survey.survey import Survey

__all__ = ["Choice", "Find", "Question", "Reply", "Sample", "Survey", "choose"]
