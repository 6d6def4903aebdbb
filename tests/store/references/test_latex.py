r"""LaTeX as Unicode: what is known is said in Unicode, and the rest stays as it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.references.latex import address_of, text_of
from store.references.mathematics import mathematics


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"{\'e} \'e \'{e} {\'{e}} \'\i {\'\i} \'{\i}", "é é é é íí í"),
        (r"\"{u}\`a\^o\~n\=a\.z\u{g}\v{s}\v s\H{o}\c{c}\c c\k{a}\r{a}\d{s}\b{d}", "üàôñāżğššőççąåṣḏ"),
        (r"\ss \ae{} \OE\ \o{}re \L{}\'od\'z \aa", "ßæ Œ øre Łódź å"),
        (r"\& \% \$5 \# a\_b \{x\} a\,b", "& % $5 # a_b {x} a b"),
        ("``a'' -- b --- c-d", "“a” – b — c-d"),
        (r"\emph{a} \textbf{\textit{b}} {\em c} {\LaTeX}", "a b c LaTeX"),
        (r"\unknown{d} \SI{5}{\kilo\gram} \foo[x]{y} z", r"\unknown{d} \SI{5}{\kilo\gram} \foo[x]{y} z"),
        (r"$x^2 + \beta$ \textasciitilde", "x²+β ~"),
        (r"Nguy\~{\^e}n V\u{a}n", "Nguyễn Văn"),
        (r"{\L}uk{\'a}{\v s} {\c C}elik, Pa{\"\i}s, \AA str\"om, {\relax Ch}arpy", "Łukáš Çelik, Païs, Åström, Charpy"),
        (r"{\textcopyright} na\"{\i}ve \v{C}apek \k{a} \H{o} \d{h} \t{oo} \={a} \.{z}", "© naïve Čapek ą ő ḥ o͡o ā ż"),
        (r"\href{https://example.org}{words} \url{https://example.org/~x\_y}", "words https://example.org/~x_y"),
        (r"Cu\textsubscript{2}O at 10\textsuperscript{-3} mbar", "Cu₂O at 10⁻³ mbar"),
        (r"Pairs at $\sqrt{s}=13$ TeV, $H\to b\bar{b}$", "Pairs at √s=13 TeV, H→b b̄"),
        (r"a price of \$5 and $unclosed", "a price of $5 and $unclosed"),
        (r"$m<\SI{5}{\kilo\gram}$", r"$m<\SI{5}{\kilo\gram}$"),
        (r"{\noopsort{1973b}}1973", "1973"),
        (r"\textmusicalnote 5 \textlira", "♪5 ₤"),
        ("a~b", "a\u00a0b"),
        (r"\cite \canada \value", r"\cite \canada \value"),
        ("plain", "plain"),
        (r"\'", r"\'"),
        ("\\", "\\"),
    ],
)
def test_latex(latex: str, text: str) -> None:
    assert text_of(latex).strip() == text.strip()


def test_addresses_keep_what_latex_would_change() -> None:
    assert address_of(r"\url{https://a.org/~b--c\_d\%20\#e}") == "https://a.org/~b--c_d%20#e"


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\sqrt{s}=13", "√s=13"),
        (r"\sqrt{s+1}", "√(s+1)"),
        (r"2\sqrt{2}x", "2√(2)x"),
        (r"\frac12", "½"),
        (r"\frac{1}{2}", "½"),
        (r"\frac{3}{16}", "3/16"),
        (r"1\frac{3}{16}", "1 3/16"),
        (r"2\frac{a}{b}", "2(a/b)"),
        (r"\frac{a+b}{c}d", "((a+b)/c)d"),
        (r"x \neq y", "x≠y"),
        (r"x\not=y", "x≠y"),
        (r"b\bar b", "b b̄"),
        (r"B^0_s\to\mu^+\mu^-", "B⁰ₛ→μ⁺μ⁻"),
        (r"{}^{13}C", "¹³C"),
        (r"10^{-3}", "10⁻³"),
        (r"_{1-x}", "₁₋ₓ"),
        (r"5\,\sigma", "5 σ"),
        (r"\mathcal{O}(10^{-3})", "𝒪(10⁻³)"),
        (r"O(n\log n)", "O(n log n)"),
        (r"\mathbb{R}^n", "ℝⁿ"),
        (r"\hat{\theta}", "θ̂"),
        (r"\overline{AB}", "A̅B̅"),
        (r"90^\circ", "90°"),
        (r"m_Z", "m_Z"),
        (r"m_{WZ}", "m_{WZ}"),
        (r"x'", "x′"),
        (r"\text{if } x", "if x"),
    ],
)
def test_mathematics_says_the_same(latex: str, text: str) -> None:
    assert mathematics(latex) == text


@pytest.mark.parametrize(
    "latex", [r"\unknown x", r"\begin{matrix}1\end{matrix}", r"\binom{n}{k}", r"a & b", "{a", "a}", r"\frac{1}", "^"]
)
def test_mathematics_that_unicode_cannot_say_is_none(latex: str) -> None:
    assert mathematics(latex) is None


@given(st.text("\\{}$^_~'`\"abfrcsqt12 ", max_size=80))
def test_any_latex_becomes_text_and_loses_no_letter(latex: str) -> None:
    text = text_of(latex)
    # a digit or a letter that belongs to no command is still there, whatever stands around it
    if "\\" not in latex:
        assert [sign for sign in text if sign.isalpha()] or not any(sign.isalpha() for sign in latex)


@pytest.mark.parametrize(
    "latex",
    [
        "\\frac" * 3000,
        "{" * 20_000,
        "\\'" * 10_000,
        "$\\bar{" * 2000,
        "\\foo{" * 4000,
        "\\textbf{" * 2000,
        "$" * 20_000,
    ],
)
def test_hostile_latex_takes_little_time(latex: str) -> None:
    start = time.process_time()
    text_of(latex)
    assert time.process_time() - start < 5
