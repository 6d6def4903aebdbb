"""Forecasts as CSV: questions become explanations, forecasts plausibilities, resolutions verdicts."""

from __future__ import annotations

import pytest

from store.errors import BadFile
from store.maps.forecasts import read_forecasts, read_together
from tests.store.maps.maps import contents_of, debate_of, noted

SPREADSHEET = """\
question,forecast,resolution,created
Will it rain?,70%,YES,2024-01-02
Will it snow?,0%,NO,2024-01-03
"""
_FATEBOOK_HEAD = (
    "Question title,Multiple choice option,Forecast created by,Forecast (scale = 0-1),Forecast created at,"
    "Question created by,Question resolve by,Resolution,Resolved at,Your Brier score for this question,"
    "Question notes,Question comments"
)
_PIER = '"Ines",2024-05-01 00:00:00,"YES",2024-05-02 09:00:00,0.09,"Note","Bo: sure"'
FATEBOOK = f"""\
{_FATEBOOK_HEAD}
"Will the pier be open?",,"Ines",0.9,2024-02-02 10:00:00,{_PIER}
"Will the pier be open?",,"Bo",0.4,2024-01-03 10:00:00,{_PIER}
"Will the pier be open?",,"Ines",0.7,2024-01-02 10:00:00,{_PIER}
"Who opens it?","The mayor","Ines",0.2,2024-02-02 10:00:00,"Ines",,"NO",,,,
"Who opens it?","The king","Ines",0.8,2024-02-02 10:00:00,"Ines",,AMBIGUOUS,,,,
"""


def test_a_spreadsheet_of_forecasts_is_read() -> None:
    debate = debate_of(read_forecasts, SPREADSHEET, "weather.csv")
    rain, snow = debate.hypotheses.values()
    assert (debate.slug, rain.title, rain.plausibility, rain.settled) == ("weather", "Will it rain?", 0.7, "true")
    assert (snow.plausibility, snow.prior_on, snow.settled) == (0.0, "2024-01-03", "false")
    assert [h.placeholder for h in (rain, snow)] == [False, False]


def test_the_last_forecast_counts_the_first_is_the_prior_and_all_stand_in_the_note() -> None:
    pier = debate_of(read_forecasts, FATEBOOK).hypotheses["will-the-pier-be-open"]
    assert (pier.plausibility, pier.prior, pier.prior_on) == (0.9, 0.7, "2024-01-02")
    assert (pier.settled, pier.settled_on, pier.statement) == ("true", "2024-05-02", "Note")
    assert pier.note.split("\n\n") == [
        "To be known by: 2024-05-01 00:00:00",
        "Bo: sure",
        "Ines: 2024-01-02 70%, 2024-02-02 90%",
        "Bo: 2024-01-03 40%",
    ]


def test_others_state_what_they_forecast_last_and_whose_the_rest_is_can_be_said() -> None:
    pier = debate_of(read_forecasts, FATEBOOK).hypotheses["will-the-pier-be-open"]
    assert {name: one.plausibility for name, one in pier.others.items()} == {"Bo": 0.4}
    contents = read_forecasts(FATEBOOK.encode(), "pier.csv", "Bo")
    pier = contents.value.debates[0].hypotheses["will-the-pier-be-open"]
    assert (pier.plausibility, {name: one.plausibility for name, one in pier.others.items()}) == (0.4, {"Ines": 0.9})


def test_answers_to_one_question_are_rivals() -> None:
    debate = debate_of(read_forecasts, FATEBOOK)
    mayor, king = (debate.hypotheses[slug] for slug in ("who-opens-it-the-mayor", "who-opens-it-the-king"))
    assert (mayor.rivals, king.rivals) == ((king.slug,), (mayor.slug,))
    assert (mayor.settled, king.settled) == ("false", "")


def test_what_is_left_out_or_taken_for_something_is_told() -> None:
    assert noted(read_forecasts, FATEBOOK) == [
        (2, "what turned out is settled, but not scored: the journal here does not know that it was held before"),
        (6, "the resolution 'AMBIGUOUS' is neither yes nor no; it is in the note"),
        (
            0,
            "Ines made most forecasts and was taken for whose they are; `abduce --as NAME import` says whose else",
        ),
    ]


def test_columns_that_nothing_is_made_of_are_counted() -> None:
    contents = contents_of(read_forecasts, FATEBOOK)
    assert dict(contents.unused) == {"Question created by": 5, "Your Brier score for this question": 3}


QUESTIONS = """\
Question ID,Question URL,Question Title,Question Type,Label,Resolution,Resolution Known Time
7,https://example.org/q/7,Will it rain?,binary,,no,2024-05-02T09:00:00Z
8,https://example.org/q/8,How much?,numeric,,12,2024-05-02T09:00:00Z
9,https://example.org/q/9,Will it snow?,binary,in May,,
"""
METACULUS = """\
Question ID,Forecaster ID,Forecaster Username,Start Time,Forecaster Count,Probability Yes
7,1,ines,2024-01-02T10:00:00Z,,0.3
7,,recency_weighted,2024-01-03T10:00:00Z,41,0.25
8,1,ines,2024-01-02T10:00:00Z,,
9,1,ines,2024-01-02T10:00:00Z,,0.1
"""


def test_questions_of_metaculus_are_read_and_those_without_yes_or_no_left_out() -> None:
    rain, snow = debate_of(read_forecasts, QUESTIONS).hypotheses.values()
    assert (rain.settled, rain.settled_on, rain.source) == ("false", "2024-05-02", "https://example.org/q/7")
    assert (snow.title, rain.placeholder) == ("Will it snow? (in May)", True)
    told = "'How much?' is a numeric question, whose answer is not yes or no; it was left out"
    assert (3, told) in noted(read_forecasts, QUESTIONS)


def test_forecasts_of_metaculus_are_those_of_numbers_and_what_many_forecast_is_others() -> None:
    rain, *_ = debate_of(read_forecasts, METACULUS).hypotheses.values()
    assert (rain.title, rain.plausibility) == ("Question 7", 0.3)
    assert {name: one.plausibility for name, one in rain.others.items()} == {"recency_weighted (of many)": 0.25}
    told = "the questions have numbers only; their titles are in another file, which can be given beside this"
    assert (2, told) in noted(read_forecasts, METACULUS)


def test_both_files_of_metaculus_are_read_as_one() -> None:
    files = [(METACULUS.encode(), "forecast_data.csv"), (QUESTIONS.encode(), "question_data.csv")]
    contents = read_together(files)
    assert contents is not None
    (debate,) = contents.value.debates
    rain, snow = debate.hypotheses.values()
    assert (debate.title, rain.title, rain.plausibility, rain.settled) == (
        "question data",
        "Will it rain?",
        0.3,
        "false",
    )
    assert (snow.title, snow.plausibility, snow.placeholder) == ("Will it snow? (in May)", 0.1, False)
    assert read_together([(SPREADSHEET.encode(), "a.csv"), (FATEBOOK.encode(), "b.csv")]) is None
    assert read_together([(METACULUS.encode(), "a.csv"), (b"", "b.csv")]) is None


def test_plain_numbers_above_one_are_per_cent_as_predictionbook_has_them() -> None:
    text = "description,confidence,outcome,deadline\nRain?,70,right,2024-05-01\nSnow?,1,,2024-05-01\n"
    rain, snow = debate_of(read_forecasts, text).hypotheses.values()
    assert (rain.plausibility, rain.settled, snow.plausibility, snow.settled) == (0.7, "true", 0.01, "")
    told = "the numbers under 'confidence' were taken for per cent, since some are above 1"
    assert (1, told) in noted(read_forecasts, text)


def test_a_forecast_that_is_none_is_left_out_and_the_question_stays() -> None:
    text = "question,forecast\nRain?,maybe\nSnow?,150%\n"
    assert [h.placeholder for h in debate_of(read_forecasts, text).hypotheses.values()] == [True, True]
    assert noted(read_forecasts, text)[0] == (
        2,
        "found the forecast 'maybe'; expected 0 to 1, or 0% to 100%; it was left out",
    )


def test_many_questions_become_several_debates() -> None:
    text = "question,forecast\n" + "".join(f"Q {n}?,50%\n" for n in range(205))
    contents = contents_of(read_forecasts, text, "mine.csv")
    assert [(d.slug, len(d.hypotheses)) for d in contents.value.debates] == [
        ("mine", 100),
        ("mine-2", 100),
        ("mine-3", 5),
    ]
    assert contents.notes[-1].text == "205 questions are more than the 100 of a debate; they became 3"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "question,forecast\n"])
def test_what_holds_no_question_is_refused(text: str) -> None:
    with pytest.raises(BadFile):
        contents_of(read_forecasts, text)
