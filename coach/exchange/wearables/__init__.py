"""What phones, watches and apps measured, read from the files they give out.

    kind = sniff(head, names)                        # what sort of file it is, by its content
    gatherer = Gatherer(kind, since, until)          # by day and source, in bounded memory
    apple.read(stream, gatherer, progress)           # one reader a format
    gatherer.readings()                              # one `Reading` a measure, day and source

Readers take open streams and say what they could not read; they never write, and no text of a
file comes through uncleaned.
"""
