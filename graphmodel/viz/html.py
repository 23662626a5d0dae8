"""The map as one HTML page that opens anywhere: no server, no request, nothing in it runs but what was written here.

pyvis holds organizations, alliances and options and supplies vis-network, which draws organizations and moves the
view; template, style and the rest of the drawing are ours. The policy of the page names every script by its hash, so
whatever an organization may be called, it is text.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from html import escape
from importlib import resources
from string import Template
from typing import Any

from graphmodel.version import version
from graphmodel.viz.elements import Activity, Node, Scene, Tie
from graphmodel.viz.packing import hash_of, scripts
from graphmodel.viz.palette import ABSENT, SHAPE_FACTORS

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"

OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {
        "borderWidth": 1.5,
        "chosen": False,
        "font": {"size": 0},
        "shapeProperties": {"interpolation": False},
    },
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": False,
        "selectable": False,
        "zoomSpeed": 0.8,
    },
}

IMPORT = re.compile(r'^import (?:{[^}]*} from )?"\./(\w+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|function|class) (\w+))", re.MULTILINE)


def page(scene: Scene, compress: bool | None = None, home: str = "") -> str:
    """Return the whole page. The same scene gives the same text.

    Parameters
    ----------
    scene: what the page shows.
    compress: whether scripts and data are compressed; None compresses above 1 MB. A compressed page opens in every
        browser since 2023, and is a third as large or smaller.
    home: the address of a page about an organization, up to its id: for a map inside a site. A map that is mailed has
        none.
    """
    style = _asset("colors.css") + _asset("page.css")
    data = _data(scene) | ({"home": home} if home else {})
    elements, hashes = scripts(_json(data), _vis_network(), _modules("main.js"), compress)
    return Template(_asset("page.html")).substitute(
        policy=_policy(style, hashes),
        title=escape(scene.title),
        style=style,
        unit=scene.unit.every,
        scripts=elements,
    )


def _asset(name: str) -> str:
    return (resources.files(__package__) / "assets" / name).read_text("utf-8")


def _vis_network() -> str:
    return (resources.files("pyvis") / VIS_NETWORK).read_text("utf-8").replace("\r\n", "\n")


def _modules(entry: str) -> str:
    """One module made of a module and of those that it imports, each before whoever needs it.

    A file becomes a function that returns what the file exports, so its other names stay its own. This takes imports
    without renaming, and exports of constants, functions and classes.
    """
    made: dict[str, str] = {}

    def add(name: str) -> None:
        text = _asset(name)
        for needed in IMPORT.findall(text):
            if needed not in made:
                add(needed)
        names = ", ".join(EXPORT.findall(text))
        body = EXPORT.sub("", IMPORT.sub("", text))
        made[name] = f"const {{ {names} }} = (() => {{\n{body}return {{ {names} }};\n}})();\n"

    add(entry)
    return "".join(made.values())


def _policy(style: str, scripts: list[str]) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(scripts)}",
            f"style-src {hash_of(style)}",
            "img-src data: blob:",
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _json(data: Any) -> str:
    """JSON that ends neither the script element around it nor a line of it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _data(scene: Scene) -> dict[str, Any]:
    """What the script of the page reads, in plain values."""
    network = _network(scene)
    return {
        "title": scene.title,
        "options": network.options,
        "nodes": network.nodes,
        "edges": network.edges,
        "activities": [_told(activity, "id") | _roles(activity) for activity in scene.activities],
        "color_title": scene.color_title,
        "second_title": scene.second_title,
        "legend": [{"label": entry.label, "mode": entry.mode, **asdict(entry.look)} for entry in scene.legend],
        "line_title": scene.line_title,
        "lines": [{"label": line.label, "dash": line.dash} for line in scene.lines],
        "shape_factors": SHAPE_FACTORS,
        "size_title": scene.size_title,
        "sizes": scene.sizes,
        "groups": scene.groups,
        "provenance": {**_known(scene.provenance), "version": version()},
        "unit": asdict(scene.unit),
        "naming": scene.naming,
        "layout": scene.layout,
        "outlined": scene.outlined,
        "backdrop": _told(scene.backdrop),
        **({"overview": _overview(scene.overview)} if scene.overview else {}),
        **({"panels": _panels(scene), "absent": asdict(ABSENT)} if scene.panels else {}),
    }


def _overview(scene: Scene) -> dict[str, Any]:
    """What the groups of a network have of their own."""
    shared = ("title", "options", "activities", "shape_factors", "provenance")
    return {name: value for name, value in _data(scene).items() if name not in shared}


def _network(scene: Scene) -> Any:
    """The organizations, alliances and options in pyvis, without its checks that take time for each alliance."""
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    network = Network()
    network.set_options(json.dumps(OPTIONS))
    for node in scene.nodes:
        shape, size = _shape(node, scene), _size(node, scene)
        about = _known(node, "id", "label", "x", "y")
        network.nodes.append(Node(node.id, shape, node.label, x=node.x, y=node.y, size=size, about=about).options)
    numbers = {activity.id: i for i, activity in enumerate(scene.activities)}
    for tie in scene.ties:
        network.edges.append(Edge(tie.source, tie.target, width=tie.width, about=_about(tie, numbers)).options)
    return network


def _shape(node: Node, scene: Scene) -> str:
    return scene.legend[node.entry].look.shape


def _size(node: Node, scene: Scene) -> float:
    return round(node.radius * SHAPE_FACTORS[_shape(node, scene)], 2)


def _about(tie: Tie, numbers: Mapping[str, int]) -> dict[str, Any]:
    """What is told of an alliance, its activities by their places."""
    return _told(tie, "source", "target", "width") | {"activities": sorted(numbers[id] for id in tie.activities)}


def _panels(scene: Scene) -> list[dict[str, Any]]:
    """What each side of a comparison has of its own."""
    numbers = {activity.id: i for i, activity in enumerate(scene.activities)}
    return [
        _known(panel, "nodes", "ties")
        | {
            "nodes": {
                node.id: {"value": node.value, "radius": node.radius, "size": _size(node, scene)}
                for node in panel.nodes
            },
            "edges": [
                {"from": tie.source, "to": tie.target, "about": {"width": tie.width} | _about(tie, numbers)}
                for tie in panel.ties
            ],
        }
        for panel in scene.panels
    ]


def _told(values: Any, *without: str) -> dict[str, Any]:
    """The fields that have a value, less empty lists."""
    return {field: value for field, value in _known(values, *without).items() if value != ()}


def _roles(activity: Activity) -> dict[str, Any]:
    return {"roles": dict(activity.roles)} if activity.roles else {}


def _known(values: Any, *without: str) -> dict[str, Any]:
    """The fields of a dataclass that have a value, less those that are told elsewhere."""
    told = ((field, value) for field, value in vars(values).items() if value is not None and field not in without)
    return {field: _plain(value) for field, value in told}


def _plain(value: Any) -> Any:
    """Records as mappings; `asdict` of everything would copy every text of every alliance."""
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        return [asdict(one) for one in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
