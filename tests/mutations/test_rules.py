"""The table of rules names code and tests that exist."""

from grid import check_each
from trials.mutations import ROOT, applied

from mutations.rules import RULES


def test_rule_is_where_its_mutation_looks_for_it():
    """If the code of a rule is rewritten, update its `text` in the table or remove the rule."""

    def is_code(_guard, number):
        rule = RULES[number]
        source = applied(rule, (ROOT / rule.file).read_text("utf-8"))
        return compile(source, rule.file, "exec") is not None

    check_each(is_code, {(rule.guard, number): True for number, rule in enumerate(RULES)})


def test_tests_of_a_rule_exist():
    assert {rule.tests for rule in RULES if not (ROOT / rule.tests).is_file()} == set()


def test_rule_is_named_once():
    guards = [rule.guard for rule in RULES]
    assert sorted({guard for guard in guards if guards.count(guard) > 1}) == []
