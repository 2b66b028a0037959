"""Whatever refers to an inbox is shown on /kept and explained there; a table added one day cannot be forgotten."""

import re
from collections.abc import Generator

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.test import Client

from messaging.inbox.stored_data import stored_column_kind, stored_columns, tables_about_person
from messaging.inbox.stored_data_words import TABLES, is_column_shown
from messaging.models import Conversation, Inbox


def every_table_that_refers() -> set[type[models.Model]]:
    """Found the other way round: from each model's own fields, whatever they are, until nothing more is found."""
    found: set[type[models.Model]] = {Inbox}
    while True:
        more = {model for model in apps.get_models(include_auto_created=True) if _refers(model, found)} - found
        if not more:
            return found
        found |= more


def _refers(model: type[models.Model], to: set[type[models.Model]]) -> bool:
    return any(isinstance(field, models.ForeignKey) and field.related_model in to for field in model._meta.get_fields())


def explained() -> dict[str, set[str]]:
    return {name: set(table.columns) for name, table in TABLES.items()}


def standing() -> dict[str, set[str]]:
    return {model._meta.db_table: {str(field.column) for field in stored_columns(model)} for model in tables_about_person()}


def test_every_table_that_refers_to_an_inbox_is_shown() -> None:
    assert set(tables_about_person()) == every_table_that_refers()


def test_every_column_of_them_is_explained_and_no_other() -> None:
    assert explained() == standing()


def test_every_column_that_is_shown_has_a_form_in_the_answer() -> None:
    for model in tables_about_person():
        for field in stored_columns(model):
            assert stored_column_kind(field) != "set" or not is_column_shown(model._meta.db_table, str(field.column)), field


def test_nothing_refers_to_an_inbox_in_a_way_that_a_search_by_relation_would_miss() -> None:
    """No generic relation anywhere, and no column of another table that holds an id by another way than a relation."""
    others = [model for model in apps.get_models() if model not in tables_about_person()]
    suspects = [
        f"{model.__name__}.{field.name}"
        for model in others
        for field in model._meta.get_fields()
        if isinstance(field, GenericForeignKey) or re.search(r"inbox|conversation|thread|envelope", field.name)
    ]
    # Those that a counsellor has, seen from the counsellor: the relation's other end, no column.
    assert suspects == ["DeskMember.conversations", "Epoch.envelopes"]


def test_each_sentence_is_one_that_a_child_can_read() -> None:
    import textstat

    for table in TABLES.values():
        for words in (table.words, *(column.words for column in table.columns.values())):
            text = str(words)
            assert text.endswith(".")
            # School years: a class of nine-year-olds, with room for words like "conversation" and "fingerprint" that carry the meaning.
            assert textstat.flesch_reading_ease(text) > 50, text
            assert max(len(sentence.split()) for sentence in re.split(r"[.:]", text)) <= 24, text


class TestANewTable:
    """What would happen if somebody added one tomorrow, without a way back to it, and forgot this page."""

    @pytest.fixture
    def remark(self) -> Generator[type[models.Model]]:
        class Remark(models.Model):
            conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
            text = models.TextField()

            class Meta:
                app_label = "messaging"

            def __str__(self) -> str:
                return self.text

        tables_about_person.cache_clear()
        yield Remark
        del apps.all_models["messaging"]["remark"]
        apps.clear_cache()
        tables_about_person.cache_clear()

    def test_it_is_found_and_missed_here_and_nothing_in_it_is_told(self, remark: type[models.Model]) -> None:
        assert tables_about_person()[remark] == ("conversation__inbox",)
        assert explained() != standing()
        assert not any(is_column_shown("messaging_remark", str(field.column)) for field in stored_columns(remark))


@pytest.mark.django_db
def test_the_page_explains_every_column_to_whoever_has_no_script() -> None:
    answer = Client().get("/kept")
    assert (answer.status_code, answer["Cache-Control"], dict(answer.cookies)) == (200, "no-store", {})
    html = answer.content.decode()
    for name, columns in standing().items():
        section = html.partition(f'data-table="{name}"')[2].partition("</section>")[0]
        assert set(re.findall(r'<dd data-column="([a-z_]+)">[^<]+\.</dd>', section)) == columns
    for absent in ("your name", "IP address", "browser", "eight words"):
        assert absent in html.partition("What we do not keep")[2]
