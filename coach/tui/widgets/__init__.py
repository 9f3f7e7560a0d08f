"""Small parts that pages share: plain values in, messages out."""
