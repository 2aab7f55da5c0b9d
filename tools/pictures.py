"""PNG files of few colours, a third as long as those that a browser makes."""

import base64
import struct
import zlib

from playwright.sync_api import Page

MOST = 256
# A browser can read its own pictures: the most frequent colours, and for each pixel the nearest of them.
# What is vivid is seen though there is little of it, so it counts for more.
REDUCE = """async ([picture, most]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${picture}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const parts = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const vividness = (pixel) => Math.max(...parts(pixel)) - Math.min(...parts(pixel));
  const weights = [...counts].map(([pixel, count]) => [pixel, count * (1 + vividness(pixel) / 8)]);
  const palette = weights.sort((one, other) => other[1] - one[1]).slice(0, most).map(([pixel]) => pixel);
  const colours = palette.map(parts);
  const distance = (one, other) => one.reduce((sum, part, at) => sum + (part - other[at]) ** 2, 0);
  const places = new Map(palette.map((pixel, at) => [pixel, at]));
  for (const pixel of counts.keys()) {
    if (places.has(pixel)) continue;
    const distances = colours.map((colour) => distance(colour, parts(pixel)));
    places.set(pixel, distances.indexOf(Math.min(...distances)));
  }
  const text = Array.from(pixels, (pixel) => String.fromCharCode(places.get(pixel))).join('');
  return [image.width, image.height, colours.flat(), btoa(text)];
}"""


def reduce_colours(page: Page, picture: bytes) -> bytes:
    """The same picture with a palette; `page` is one whose rules let it fetch data, such as about:blank."""
    width, height, colours, text = page.evaluate(REDUCE, [base64.b64encode(picture).decode(), MOST])
    return write_png(width, height, bytes(colours), base64.b64decode(text))


def write_png(width: int, height: int, palette: bytes, pixels: bytes) -> bytes:
    """A PNG with eight bits for each pixel, which number the colours of the palette."""
    rows = b"".join(b"\0" + pixels[row * width : (row + 1) * width] for row in range(height))
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0),
        b"PLTE": palette,
        b"IDAT": zlib.compress(rows, 9),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks.items())


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
