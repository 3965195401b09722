"""Drawn pictures of children who play: shapes, no photo of anybody, and each says on itself that it is drawn."""

from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 2400, 1600
INK, WALL, FLOOR, LINE = "#181c36", "#fcf7f1", "#e9d8c3", "#d9c7b3"
ORANGE, WOOD, BRASS, STAGE = "#ea661d", "#8a4b23", "#d9a520", "#262b50"
SKIN = ("#8d5a3c", "#c98f6b", "#5d3a28", "#e3b493", "#a9714b")
HAIR = ("#1d1512", "#3b2416", "#6a4a2a", "#120f0e", "#8a5a2a")
WORDS = "Demonstration: a drawing"

Point = tuple[float, float]


def scene(number: int) -> bytes:
    """Returns one of the pictures as a PNG file: violins in a hall, an orchestra on a stage, brass outdoors."""
    image = Image.new("RGB", (WIDTH, HEIGHT), WALL)
    draw = ImageDraw.Draw(image)
    (_hall, _stage, _yard)[number % 3](draw)
    font = ImageFont.load_default(44)
    draw.rectangle((0, HEIGHT - 84, 40 + draw.textlength(WORDS, font) + 40, HEIGHT), fill=INK)
    draw.text((40, HEIGHT - 68), WORDS, fill="#fffaf4", font=font)
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _hall(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 1100, WIDTH, HEIGHT), fill=FLOOR)
    for at in range(3):
        left = 240 + at * 720
        draw.rectangle((left, 160, left + 480, 660), fill="#dfeef4", outline=LINE, width=14)
        draw.line((left + 240, 160, left + 240, 660), fill=LINE, width=12)
    for at in range(5):
        _child(draw, (330 + at * 435, 1330 - 40 * (at % 2)), 1.15, at)
        _violin(draw, (330 + at * 435, 1330 - 40 * (at % 2)), 1.15)


def _stage(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, WIDTH, HEIGHT), fill=STAGE)
    for at in range(5):
        points = [(x, 240 + at * 46 + 90 * sin(x / 380 + at / 9)) for x in range(0, WIDTH + 40, 40)]
        draw.line(points, fill="#474d78", width=6, joint="curve")
    draw.polygon([(0, 1200), (WIDTH, 1200), (WIDTH, HEIGHT), (0, HEIGHT)], fill=WOOD)
    for row, (many, size, bottom) in enumerate(((9, 0.62, 1010), (7, 0.8, 1200), (6, 1.0, 1440))):
        step = WIDTH / many
        for at in range(many):
            foot = (step * (at + 0.5), bottom + 36 * cos(pi * (at + 0.5) / many * 2))
            _child(draw, foot, size, at + row)
            (_violin, _horn, _violin)[row](draw, foot, size)


def _yard(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, WIDTH, 900), fill="#dcecf2")
    draw.ellipse((1850, 120, 2130, 400), fill="#f6c667")
    draw.rectangle((0, 900, WIDTH, HEIGHT), fill="#a9c28a")
    draw.rectangle((160, 460, 1240, 960), fill="#b8654a")
    for at in range(4):
        draw.rectangle((250 + at * 240, 560, 390 + at * 240, 740), fill="#fcf7f1")
    for at in range(4):
        _child(draw, (480 + at * 480, 1400 - 30 * (at % 2)), 1.2, at + 2)
        _horn(draw, (480 + at * 480, 1400 - 30 * (at % 2)), 1.2)


def _child(draw: ImageDraw.ImageDraw, foot: Point, size: float, number: int) -> None:
    x, y = foot

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return (x + left * size, y + top * size, x + right * size, y + bottom * size)

    skin, hair = SKIN[number % len(SKIN)], HAIR[number % len(HAIR)]
    draw.rounded_rectangle(box(-62, -170, -8, 30), 20 * size, fill=INK)
    draw.rounded_rectangle(box(8, -170, 62, 30), 20 * size, fill=INK)
    draw.rounded_rectangle(box(-96, -410, 96, -140), 60 * size, fill=ORANGE)
    draw.rounded_rectangle(box(-128, -390, -84, -210), 24 * size, fill=ORANGE)
    draw.rounded_rectangle(box(84, -390, 128, -210), 24 * size, fill=ORANGE)
    draw.ellipse(box(-84, -600, 84, -416), fill=skin)
    draw.chord(box(-90, -620, 90, -416), 180, 360, fill=hair)
    if number % 2:
        draw.ellipse(box(-128, -580, -64, -500), fill=hair)
        draw.ellipse(box(64, -580, 128, -500), fill=hair)


def _violin(draw: ImageDraw.ImageDraw, foot: Point, size: float) -> None:
    x, y = foot
    draw.line((x + 40 * size, y - 390 * size, x + 250 * size, y - 470 * size), fill=INK, width=round(16 * size))
    draw.ellipse((x - 10 * size, y - 430 * size, x + 90 * size, y - 340 * size), fill=WOOD)
    draw.ellipse((x + 60 * size, y - 450 * size, x + 145 * size, y - 375 * size), fill=WOOD)
    draw.line((x + 150 * size, y - 250 * size, x + 60 * size, y - 560 * size), fill="#e8dccb", width=round(9 * size))


def _horn(draw: ImageDraw.ImageDraw, foot: Point, size: float) -> None:
    x, y = foot
    draw.line((x, y - 450 * size, x + 200 * size, y - 420 * size), fill=BRASS, width=round(20 * size))
    draw.polygon(
        [
            (x + 170 * size, y - 440 * size),
            (x + 290 * size, y - 500 * size),
            (x + 290 * size, y - 330 * size),
            (x + 170 * size, y - 405 * size),
        ],
        fill=BRASS,
    )
    draw.ellipse((x + 262 * size, y - 505 * size, x + 318 * size, y - 325 * size), fill="#a87a12")
    draw.rounded_rectangle(
        (x + 50 * size, y - 470 * size, x + 140 * size, y - 370 * size),
        30 * size,
        outline=BRASS,
        width=round(14 * size),
    )
