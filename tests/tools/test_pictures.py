"""Pictures with few colours."""

import zlib

from tools.pictures import write_png


def test_the_file_holds_size_palette_and_the_number_of_a_colour_for_each_pixel() -> None:
    made = write_png(3, 2, b"\xff\xff\xff\x00\x00\x00", b"\x00\x01\x00\x01\x01\x00")

    assert made.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x03")
    assert b"\x00\x00\x00\x06PLTE\xff\xff\xff\x00\x00\x00" in made
    start = made.index(b"IDAT") + 4
    assert zlib.decompress(made[start:-16]) == b"\x00\x00\x01\x00\x00\x01\x01\x00"
    assert made.endswith(b"IEND\xaeB`\x82")
