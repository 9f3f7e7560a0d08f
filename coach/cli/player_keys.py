"""What can be typed in a led session: keys, and the same as words."""

HELP = (
    "Keys, each with Enter: Enter alone goes on or ends the set · a number says how many were done · "
    "? how · < back · e easier · p too painful · s skip · r rate this set (in a rest) · w wait · "
    "a by itself or not · v shorter (before it begins) · x end here · q pause, go on later with coach session"
)
SPOKEN = (
    "Type a line and Enter. Enter alone goes on or ends the set. A number says how many were done. Or a "
    "word: how, back, easier, painful, skip, rate (the set before, in a rest), wait, auto (goes on by itself "
    "or not), shorter (before it begins), end (records it here), pause (leaves; coach session goes on)."
)
WORDS = {
    "how": "?", "help": "?", "back": "<", "easier": "e", "painful": "p", "skip": "s", "rate": "r",
    "wait": "w", "auto": "a", "shorter": "v", "end": "x", "pause": "q", "stop": "q", "quit": "q",
    "next": "", "done": "",
}  # fmt: skip
"""For those whose reader does not say the signs."""
