"""The room behind the presenter: drawn once from `assets/scenes/<name>.toml`, kept in the cache."""

from __future__ import annotations

import tomllib
from typing import Any

from livestream.datafiles import find
from livestream.errors import ProgrammeError
from livestream.kept import Arrays, kept
from livestream.media import HEIGHT, WIDTH, Box
from livestream.programme.graphics import Canvas, Drawing, Paint, Sprite, colour, paint, skia
from livestream.programme.layout import PICTURE

_DRAWN_BY = 2
"""Raised whenever the drawing below changes, so that cached scenes are drawn again."""


def load_scene(name: str) -> Sprite:
    """Return a scene as an opaque sprite of the whole picture.

    Raises:
        UsageError: there is no such scene.
        ProgrammeError: its description cannot be drawn.
        MachineError: the drawing library cannot be loaded.
    """
    path = find("assets", "scenes", f"{name}.toml")
    content = path.read_bytes()

    def draw() -> Arrays:
        drawn = draw_scene(content.decode(), where=str(path))
        return drawn.y, drawn.u, drawn.v, drawn.alpha, drawn.alpha_half

    return Sprite(PICTURE, *kept("scenes", name, b"%d" % _DRAWN_BY + content, draw))


def draw_scene(description: str, *, where: str) -> Sprite:
    """Draw a scene from its TOML.

    Raises:
        ProgrammeError: the TOML is malformed or lacks something.
    """
    try:
        scene = tomllib.loads(description)
        # Drawn in half floats, so that lights lying over each other make no bands.
        fine = skia().ImageInfo.Make(WIDTH, HEIGHT, skia().kRGBA_F16_ColorType, skia().kPremul_AlphaType)
        surface = skia().Surface.MakeRaster(fine)
        _draw(surface.getCanvas(), scene)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ProgrammeError(
            f"the scene cannot be drawn: {error!r}",
            where=where,
            remedy="Compare it with assets/scenes/studio.toml, which ships with livestream.",
        ) from error
    drawing = Drawing(PICTURE)
    drawing.canvas.drawImage(surface.makeImageSnapshot(), 0, 0)
    return drawing.sprite()


def _draw(canvas: Canvas, scene: dict[str, Any]) -> None:
    _draw_room(canvas, scene)
    for shape in scene.get("shape", ()):
        _draw_shape(canvas, shape)
    for glow in scene.get("glow", ()):
        _draw_glow(canvas, glow)
    for bokeh in scene.get("bokeh", ()):
        _draw_bokeh(canvas, bokeh)
    _draw_vignette(canvas, scene["vignette"])


def _gradient(top: float, bottom: float, colours: list[str]) -> Paint:
    made = skia().Paint(AntiAlias=True)
    stops = [colour(text) for text in (colours if len(colours) > 1 else colours * 2)]
    points = [skia().Point(0, top), skia().Point(0, bottom)]
    made.setShader(skia().GradientShader.MakeLinear(points, stops))
    return made


def _draw_room(canvas: Canvas, scene: dict[str, Any]) -> None:
    wall, floor = scene["wall"], scene["floor"]
    canvas.drawRect(skia().Rect.MakeWH(WIDTH, HEIGHT), _gradient(0, floor["y"], [wall["top"], wall["bottom"]]))
    ground = _gradient(floor["y"], HEIGHT, [floor["far"], floor["near"]])
    ground.setMaskFilter(skia().MaskFilter.MakeBlur(skia().kNormal_BlurStyle, 5))
    canvas.drawRect(skia().Rect.MakeLTRB(-40, floor["y"], WIDTH + 40, HEIGHT + 40), ground)


def _draw_shape(canvas: Canvas, shape: dict[str, Any]) -> None:
    box = Box(*shape["box"])
    fill = _gradient(box.y, box.y + box.height, shape["colours"])
    if shape.get("blur"):
        fill.setMaskFilter(skia().MaskFilter.MakeBlur(skia().kNormal_BlurStyle, shape["blur"]))
    rect = skia().Rect.MakeXYWH(box.x, box.y, box.width, box.height)
    match shape["kind"]:
        case "rounded":
            canvas.drawRoundRect(rect, shape.get("radius", 4), shape.get("radius", 4), fill)
        case "circle":
            canvas.drawOval(rect, fill)
        case "arch":
            path = skia().Path()
            path.addRoundRect(rect, [box.width / 2] * 4 + [0.0] * 4)
            canvas.drawPath(path, fill)
        case "leaf":
            _draw_plant(canvas, box, fill)
        case other:
            raise ValueError(f"shape kind {other!r} is not one of rounded, circle, arch, leaf")


def _draw_plant(canvas: Canvas, box: Box, fill: Paint) -> None:
    """Draw leaves that fan out from the foot of the box."""
    foot_x, foot_y = box.x + box.width / 2, box.y + box.height
    for angle, length in ((-34, 0.72), (-18, 0.92), (-4, 1.0), (11, 0.88), (27, 0.66), (-48, 0.5), (42, 0.48)):
        canvas.save()
        canvas.translate(foot_x, foot_y)
        canvas.rotate(angle)
        reach = box.height * length
        path = skia().Path()
        path.moveTo(0, 0)
        path.cubicTo(-box.width * 0.26, -reach * 0.4, -box.width * 0.18, -reach * 0.8, 0, -reach)
        path.cubicTo(box.width * 0.18, -reach * 0.8, box.width * 0.26, -reach * 0.4, 0, 0)
        canvas.translate(-foot_x, -foot_y)
        path.offset(foot_x, foot_y)
        canvas.drawPath(path, fill)
        canvas.restore()


def _radial(centre: list[float], radius: float, tint: str, strength: float, falloff: list[float]) -> Paint:
    made = skia().Paint(AntiAlias=True)
    stops = [colour(tint, strength * share) for share in falloff]
    made.setShader(skia().GradientShader.MakeRadial(skia().Point(*centre), radius, stops))
    return made


def _draw_glow(canvas: Canvas, glow: dict[str, Any]) -> None:
    light = _radial(glow["centre"], glow["radius"], glow["colour"], glow["strength"], [1.0, 0.62, 0.24, 0.06, 0.0])
    light.setBlendMode(skia().BlendMode.kSoftLight)
    canvas.drawPaint(light)
    light.setBlendMode(skia().BlendMode.kScreen)
    light.setAlphaf(0.45)
    canvas.drawPaint(light)


def _draw_bokeh(canvas: Canvas, bokeh: dict[str, Any]) -> None:
    """Draw a lamp out of focus: an even disc, a little brighter at its rim."""
    disc = _radial(bokeh["centre"], bokeh["radius"], bokeh["colour"], bokeh["strength"], [0.7, 0.74, 0.82, 1.0])
    disc.setMaskFilter(skia().MaskFilter.MakeBlur(skia().kNormal_BlurStyle, 2.5))
    canvas.drawCircle(*bokeh["centre"], bokeh["radius"], disc)
    halo = paint(bokeh["colour"], bokeh["strength"] * 0.35, blur=bokeh["radius"] * 0.7)
    canvas.drawCircle(*bokeh["centre"], bokeh["radius"] * 1.3, halo)


def _draw_vignette(canvas: Canvas, vignette: dict[str, Any]) -> None:
    shade = _radial(
        [WIDTH / 2, HEIGHT * 0.45], HEIGHT * 0.72, vignette["colour"], vignette["strength"], [0, 0, 0.25, 1]
    )
    shade.setBlendMode(skia().BlendMode.kMultiply)
    canvas.drawPaint(shade)
