"""The table of rules names code and tests that exist."""

from trials.mutations import ROOT, applied

from mutations.rules import RULES


def test_rule_is_where_its_mutation_looks_for_it():
    broken = {rule: applied(rule, (ROOT / rule.file).read_text("utf-8")) for rule in RULES}
    for rule, source in broken.items():
        compile(source, rule.file, "exec")


def test_tests_of_a_rule_exist():
    assert {rule.tests for rule in RULES if not (ROOT / rule.tests).is_file()} == set()


def test_rule_is_named_once():
    guards = [rule.guard for rule in RULES]
    assert sorted({guard for guard in guards if guards.count(guard) > 1}) == []
