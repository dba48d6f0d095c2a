"""What each living figure is for, done once in every engine and in both languages."""

import pytest

from charrnn import SENTENCE

both_languages = pytest.mark.parametrize("language", ["ko", "en"])


@pytest.fixture
def opened(page):
    def open_chapter(language, chapter):
        page.open(f"chapters/{language}/{chapter}.html")
        page.alive()
        return page

    yield open_chapter
    page.without_trouble()


def focus(page, selector):
    page.run(f"document.querySelector({selector!r}).focus()")


@both_languages
def test_one_hot_is_typed(opened, language):
    page = opened(language, "01_one_hot")
    before = page.run("document.querySelectorAll('.lab tbody tr').length")
    page.click("document.querySelector('.lab textarea')")
    page.driver.press("End", "ab")
    page.wait(f"document.querySelectorAll('.lab tbody tr').length === {before} + 2")


@both_languages
def test_the_cell_steps(opened, language):
    page = opened(language, "02_rnn_cell")
    page.press_button({"ko": "다음 글자", "en": "Next letter"}[language])
    page.wait("document.querySelector('.lab-letters [aria-current]').innerText.trim() === 'h'")


@both_languages
def test_training_says_the_sentence_back(opened, language):
    page = opened(language, "03_training")
    page.press_button({"ko": "학습", "en": "Train"}[language])
    page.wait(f"document.querySelector('.lab-written').textContent.startsWith({SENTENCE!r})")


@both_languages
def test_generation_writes(opened, language):
    page = opened(language, "04_generation")
    for _ in range(4):
        page.press_button({"ko": "다음 글자", "en": "Next letter"}[language])
    written = "[...document.querySelectorAll('.lab-written')].at(-1).innerText"
    page.wait(f"{written}.startsWith({SENTENCE[:4]!r})")


@both_languages
def test_both_trainings_of_the_spikes_run(opened, language):
    page = opened(language, "06_spikes")
    page.press_button({"ko": "두 번 학습", "en": "Train both"}[language])
    page.wait("document.querySelector('.lab:not(.lab-question)').innerText.includes('1000')")


@both_languages
def test_softmax_takes_a_step(opened, language):
    page = opened(language, "07_surprise")
    before = page.text(".lab:not(.lab-question)")
    name = {"ko": "기울기를 거슬러 한 걸음", "en": "One step against the gradient"}[language]
    page.press_button(name)
    page.wait(f"document.querySelector('.lab:not(.lab-question)').innerText !== {before!r}")


@both_languages
def test_a_gate_is_closed_by_key(opened, language):
    page = opened(language, "09_lstm_gru")
    focus(page, ".lab input[type=range]")
    page.driver.press("Home")
    page.wait("document.querySelector('.lab-sum-text').innerText.includes('c = 0 ×')")


@both_languages
def test_letters_are_drawn(opened, language):
    page = opened(language, "11_writing")
    page.press_button({"ko": "스무 글자 뽑기", "en": "Draw twenty letters"}[language])
    page.wait("/20/.test(document.querySelector('.lab:not(.lab-question)').innerText)")


@both_languages
def test_jamo_are_put_together(opened, language):
    page = opened(language, "12_hangul")
    for jamo in "ㅎㅏㄴ":
        page.press_button(jamo)
    page.wait("document.querySelector('.lab:not(.lab-question)').innerText.includes('한')")


@both_languages
def test_another_unit_tints_the_text(opened, language):
    page = opened(language, "13_inside")
    tints = "[...document.querySelectorAll('.lab-tint')].map(t => t.style.cssText).join()"
    before = page.run(tints)
    focus(page, ".lab input[type=range]")
    page.driver.press("ArrowRight")
    page.wait(f"({tints}) !== {before!r}")
