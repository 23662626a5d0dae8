"""The colours of a picture that do not stand for anything: those of the page."""

from dataclasses import dataclass

from graphmodel.viz.palette import BACKGROUND, Look


@dataclass(frozen=True)
class Colors:
    """One theme."""

    theme: str
    background: str
    ink: str
    muted: str
    line: str
    tie: str
    outline: str

    def of(self, look: Look) -> str:
        """Return the colour of the marks of an entry of the legend."""
        return look.dark if self.theme == "dark" else look.light


THEMES = {
    "light": Colors("light", BACKGROUND["light"], "#1B2430", "#566270", "#D8DEE6", "#566274", "#33475B"),
    "dark": Colors("dark", BACKGROUND["dark"], "#E8ECF1", "#A3AEBB", "#2D3641", "#AAB8C8", "#9FB3C8"),
}
