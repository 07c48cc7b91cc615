"""Every way in which staff write how many cycles were given, as regular expressions over lower-case text.

The named groups: low (the number), high (the upper end of a range), of ("4 of 6 planned"); a 2 behind the name marks a
second way to write the same.
"""

from __future__ import annotations

import re
from functools import cache

from bot.extraction.en.numbers import number_words
from bot.extraction.lexicon import alternation, lexicon
from bot.extraction.quick import quick

# With the slips that are made most.
CYCLE = (
    r"(?:cycles?|cyc|cycl|cycls|cycels?|cylces?|cyles?|cyclse|courses?|corses|cys?|rounds?|#|"
    r"疗程|周期|个周期|个疗程|程)"
)


def number() -> str:
    """A small number in figures or words."""
    return rf"(?:\d{{1,2}}|{number_words()})"


@cache
def beside_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(the number behind the drugs, the number before them)."""
    n = number()
    behind = quick(
        rf"[\s,:()]{{0,3}}(?:\([^()\n]{{3,70}}\)\s?)?(?:for |q\d?\s?w |q\d+d |q3w |regimen[\s,]{{1,2}}|"
        rf"chemo\w*[\s,]{{1,2}}|"
        rf"protocol[\s,]{{1,2}}|iv |\d{{2,4}} ?(?:mg\S* )?|[+] ?immuno\w* |[+] ?pd-?1\S* (?:mab |"
        rf"inhibitor |antibody )?|induction |was |given |were |completed |a total of |total of |"
        rf"every (?:3|three) weeks |as |(?:1st|2nd|3rd|first|second|third)[ -]line |doublet |triplet |combo |"
        rf"combination |treatment |\w+ ?mg\S* |方案|化疗)*[(,]?\s?"
        rf"(?:[x*]\s?(?P<low>{n})(?:\s?[-/]\s?(?P<high>{n}))?(?:\s?{CYCLE})?|"
        rf"(?P<low2>{n})(?:\s?(?P<of>/|of|out of)\s?(?:a |"
        rf"the )?(?:planned )?{n})?(?:\s?(?:-|to|"
        rf"or)\s?(?P<high2>{n}))?[\s-]?(?:planned )?(?:{CYCLE}|x(?!\d)|"
        rf"c(?![a-z0-9])))(?![a-z0-9])(?!\s?(?:mg|auc|doses))"
    )
    ahead = quick(
        rf"(?<![\w./=-])(?P<low>{n})(?:\s?(?P<of>/|of|out of)\s?(?:a |"
        rf"the )?(?:planned )?{n})?(?:\s?(?:-|to|or|"
        rf"and(?=\s\S+\scyc))\s?(?P<high>{n}))?[\s-]?(?:{CYCLE}|x|c(?=\s))\s?"
        rf"(?:(?:of|with|the|induction|first-line|1l|palliative|iv|chemo\w*|standard|platinum\w*|"
        rf"doublet|full-dose|combination|systemic|combined|completed|received|regimen|first|"
        rf"line)[\s:,(-]{{1,2}}){{0,6}}$"
    )
    return behind, ahead


@cache
def free_patterns() -> tuple[re.Pattern[str], ...]:
    """Every way in which cycles are counted away from the drugs."""
    n = number()
    patterns = (
        rf"(?<![\w./=-])(?P<low>{n})(?:\s?(?P<of>/|of|out of)\s?(?:a |"
        rf"the )?(?:planned )?{n})?(?:\s?(?:-|to|or|"
        rf"and(?=\s\S+\scyc))\s?(?P<high>{n}))?[ \t-](?:planned\s|full\s|(?:three|3|two|2)[ -]weekly\s|"
        rf"21-day\s|q3w\s|"
        rf"complete\s|chemo(?:therapy)?\s|induction\s|doublet\s|platinum\s)?(?:{CYCLE})(?![a-z])",
        rf"(?<![a-z])(?:chemo(?:-?immuno)?\w*|immunochemo\w*|ic|induction|"
        rf"doublet)\s?[:,(]?\s?(?:x|"
        rf"\*)\s?(?P<low>{n})(?:\s?-\s?(?P<high>{n}))?(?![\w.])",
        rf"(?<![a-z])(?:number of |no\.? of |total )?(?:chemo\w* )?(?:cycles|"
        rf"courses)(?: of [\w/+-]{{2,14}}(?: [\w/+-]{{2,14}})?)?(?: (?:given|received|completed|done|"
        rf"so far))?\s?(?:[:=]|-?>|was|"
        rf"were)\s?(?P<low>{n})(?:\s?-\s?(?P<high>{n}))?(?![\w.]|/(?!\s?{n}(?!\d)))",
        rf"(?<![\w./=-])(?P<low>{n})(?:\s?(?P<of>/)\s?{n})?\s(?:were\s|was\s|"
        rf"have been\s|cycles\s)?(?:received|given|"
        rf"completed|administered|delivered|done)(?![a-z])",
        rf"(?:says|said|states|stated|thinks|claims|counted|records|recorded)\s(?P<low>{n})(?![\w.%])",
        rf"(?<![a-z])(?:(?:no\.? of |number of )(?:chemo\w* )?(?:cycles|"
        rf"courses)\s{{0,2}}[?:=|;]?\s?|(?:chemo )?(?:cycles|courses)\s?(?:[?:=|]\s?|"
        rf";))(?P<low>{n})(?:\s?-\s?(?P<high>{n}))?(?![\w/]|\.\d)",
        rf"(?<![a-z])(?:got\sthrough|had|completed|finished|received)\sall\s(?P<low>{n})(?=\s?(?:$|[,.;:)]))",
        rf"(?<![a-z])cycle\s(?P<low>{n})\s(?:of\s\w+\s)?(?:has\sbeen\s|was\s|is\s|"
        rf"now\s)?(?:finished|completed|done|given|over)(?![a-z])",
        rf"(?<![a-z])(?:after|following)\s(?P<low>{n})(?=\s?(?:$|[,.;:)]))",
        rf"(?<![a-z])(?:had|after|following|received|completed)\s(?P<low>{n})\s(?=(?:gp|tp|pf|gc|tpf)(?![a-z]))",
        r"(?P<low>\d{1,2}|[一二三四五六七八])\s?(?:个)?(?:周期|疗程|程)",
        r"(?<![\w./=-])(?P<low>\d{1,2})\s?#(?!\d)",
        # "chemo 6x", "doublet completed x6", "gem/carbo continued to 6"
        rf"(?<![a-z])(?:chemo(?:-?immuno)?\w*|immunochemo\w*|ic|induction|doublet)\s(?P<low>{n})\s?x(?![\w])",
        rf"(?<![a-z])(?:chemo\w*|doublet|regimen|combination)\s(?:was\s)?(?:completed|done|finished|"
        rf"given)\sx\s?(?P<low>{n})(?![\w.])",
        rf"(?<![a-z])(?:continued|carried\son|went\son|completed|given|"
        rf"got)\s(?:up\s)?to\s(?P<low>{n})(?=\s?(?:$|[,.;)]))",
        # "CYC=4", "cycles six," and the row of a pasted table "Cycles  6  chart"
        rf"(?:(?<![a-z])cyc(?:le)?s?\s?(?:[=:]|;(?=\d{{1,2}};))|(?:^|(?<=[\n,;|"
        rf"(.]))\s?(?:chemo\w*\s)?(?:cycles|courses)(?:\s{{1,3}}|"
        rf"\s-\s))\s?(?P<low>{n})"
        r"(?![\w/%-]|\.\d|\s?(?:km|k|mi|miles?|times|days?|min\w*|hours?|h|per|weeks?|months?|to|or|in|of|a|"
        r"x)(?![a-z]))",
    )
    return tuple(quick(pattern) for pattern in patterns)


@cache
def ordinal_patterns() -> tuple[re.Pattern[str], ...]:
    """ "Sixth and last cycle", "last (6th) cycle", "C1-C6 done": the number of the last cycle that was given."""
    ordinals = alternation(
        word for words in lexicon("en")["person"]["numbers"]["ordinals"].values() for word in words if word.isascii()
    )
    last = r"(?:last|final)"
    return (
        quick(
            rf"(?<![a-z])(?:{last}\s)?\(?(?P<ordinal>{ordinals})\)?(?:\s(?:and\s|&\s|"
            rf"\()?{last}\)?)?\s(?:cycle|course|round)(?![a-z])"
        ),
        quick(
            r"(?<![a-z0-9])(?:cycles?\s|c)1\s?(?:-|to|through|until)\s?c?(?P<low>\d{1,2})(?![\w/]|"
            r"\s?(?:weeks?|days?|hours?|months?))"
        ),
    )
