from django import forms
from django.template import Context, Template

from inharmony.pages import fields


class SessionForm(forms.Form):
    """One field of each sort."""

    day = forms.DateField(help_text="Like 17/11/2026")
    note = forms.CharField(required=False, widget=forms.TextInput({"placeholder": "Anything"}))
    kind = forms.ChoiceField(choices=[("c", "Curricular"), ("h", "Holiday")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="The school agreed")

    def clean(self):
        raise forms.ValidationError("The venue is closed on that day.")


def shown(markup, **context):
    return Template("{% load look %}" + markup).render(Context(context))


def test_a_field_has_its_label_hint_and_control_tied_together():
    html = shown("{% field form.day %}", form=SessionForm())
    assert '<label for="id_day">Day</label>' in html
    assert 'id="id_day_hint">Like 17/11/2026' in html
    assert 'aria-describedby="id_day_hint"' in html
    assert "field-wrong" not in html


def test_an_error_stands_at_its_field_with_the_value_kept():
    html = shown("{% field form.day %}", form=SessionForm({"day": "31/02/2017"}))
    assert "field-wrong" in html
    assert 'aria-describedby="id_day_hint id_day_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="31/02/2017"' in html


def test_what_need_not_be_given_says_so_and_no_placeholder_stands_for_a_label():
    html = shown("{% field form.note %}", form=SessionForm())
    assert ">Note (optional)</label>" in html
    assert "placeholder" not in html
    assert "(optional)" not in shown("{% field form.note optional=False %}", form=SessionForm())


def test_label_hint_and_attributes_can_be_replaced():
    html = shown('{% field form.day label="Date" hint="" autocomplete="off" %}', form=SessionForm())
    assert ">Date</label>" in html
    assert "hint" not in html
    assert 'autocomplete="off"' in html


def test_choices_are_a_group_with_a_legend():
    html = shown("{% field form.kind %}", form=SessionForm({"kind": "x"}))
    assert "<legend>Kind</legend>" in html
    assert html.count('type="radio"') == 2
    assert '<fieldset class="field field-wrong" aria-describedby="id_kind_error">' in html


def test_the_summary_names_every_problem_and_leads_to_its_field():
    found = fields.problems(SessionForm({"day": "31/02/2017"}))
    assert found == [
        fields.Problem("The venue is closed on that day.", ""),
        fields.Problem("Enter a valid date.", "#id_day"),
        fields.Problem("Kind is missing.", "#id_kind_0"),
        fields.Problem("“The school agreed” is not ticked.", "#id_agreed"),
    ]


def test_the_summary_counts_what_is_to_mend_and_is_absent_while_nothing_is():
    html = shown('{% error_summary form title="Not saved" %}', form=SessionForm({"day": "31/02/2017"}))
    assert "<h2>Not saved: 4 things to mend</h2>" in html
    assert '<a href="#id_kind_0">Kind is missing.</a>' in html
    assert shown("{% error_summary form %}", form=SessionForm()).strip() == ""


def test_what_a_person_typed_is_escaped_in_field_and_summary():
    class Echo(forms.Form):
        name = forms.CharField()

        def clean_name(self):
            raise forms.ValidationError(f"{self.cleaned_data['name']} is taken.")

    html = shown("{% error_summary form %}{% field form.name %}", form=Echo({"name": "<script>alert(1)</script>"}))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 3
