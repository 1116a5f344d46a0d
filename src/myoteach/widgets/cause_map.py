"""The map of causes: from families to groups to single causes, at most nine labels at a time."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import anywidget
import ipywidgets
import traitlets

from ..figures import NARROW, CauseView, cause_view, cause_wheel, families_of, groups_of, locate, mime_bundle
from ..knowledge import KnowledgeBase, load
from ._cause_map_controls import Controls
from ._cause_map_texts import caption_html, sources_html
from ._explorer import html_table
from ._modules import module, style

if TYPE_CHECKING:
    import pandas

#: What is assumed until the page has told how much room there is: a laptop or a projector of 1280 by 720 pixels.
_WIDTH, _SCREEN = 880, 720
#: Font sizes of the picture in pixels.
_SMALLEST, _LARGEST = 16, 28


#: The table may scroll sideways, so that a keyboard must reach it, from the first moment on.
_SCROLL = (
    '<div class="cause-map-scroll" tabindex="0" role="group" aria-label="Table of what is shown" '
    'data-lm-suppress-shortcuts="true">'
)


class Companion(anywidget.AnyWidget):
    """Shows nothing: gives the map's stock controls what they lack in the page, and knows how much room there is."""

    _esm = module("cause_map.js")
    _css = style("cause_map.css")

    spoken = traitlets.Unicode("").tag(sync=True)
    width = traitlets.Int(_WIDTH).tag(sync=True)
    screen = traitlets.Int(_SCREEN).tag(sync=True)


class CauseMap(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Controls, a wheel of at most nine equal wedges, and the table of what it shows.

    Its traits are all it knows of what the learner did; whatever is seen is drawn from them.
    """

    family = traitlets.Unicode("").tag(sync=True)
    group = traitlets.Unicode("").tag(sync=True)
    page = traitlets.Int(1, min=1).tag(sync=True)
    audience = traitlets.Enum(["clinician", "public"], "clinician").tag(sync=True)
    sources_shown = traitlets.Bool(False).tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._kb = kb
        self._busy = False
        self._heading = _text("cause-map-heading")
        self._controls = Controls(self._heading)
        self._caption = _text("cause-map-caption")
        self._table = _text("cause-map-table")
        self._sources = _text("cause-map-sources")
        self._picture = ipywidgets.Output()
        self._picture.add_class("cause-map-picture")
        self._companion = Companion()
        parts = [self._companion, self._controls.bar, self._picture, self._caption, self._table]
        super().__init__(children=[*parts, self._controls.sources, self._sources])
        self.add_class("myo")
        self.add_class("cause-map")
        for name, value in traits.items():
            setattr(self, name, value)
        self.family, self.group = self._agreed("group")
        self.page = self.view.page
        self._connect()
        self._draw()

    @property
    def view(self) -> CauseView:
        """What is shown now."""
        return cause_view(self._kb, self.family, self.group, self.page, self.audience)

    def frame(self) -> pandas.DataFrame:
        """Return the table as it stands now, to take in hand; pandas is loaded only now.

        Examples
        --------
        >>> cause_map(group="hypoxic").frame().index.name
        'id'
        """
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        view = self.view
        return pd.DataFrame(
            view.rows, columns=view.columns, index=pd.Index([item.id for item in view.items], name="id")
        )

    def first_frame(self) -> str:
        """Return the families, their groups and how many causes they hold, as plain HTML."""
        whole = cause_view(self._kb, audience=self.audience)
        rows = (
            (item.plain, "; ".join(group.plain for group in groups_of(self._kb, item.id)), str(len(item.causes)))
            for item in whole.items
        )
        lead = "<p><strong>Map of causes.</strong> With a kernel this is live: choose a family, then a group.</p>"
        caption = f"{whole.total} causes by family. The order says nothing about how often they occur."
        return lead + html_table(caption, ["Family", "Groups", "Causes"], rows)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add the first frame for viewers that run no widgets: a printed page, a code host, a notebook viewer."""
        return super()._repr_mimebundle_(**kwargs) | {"text/html": self.first_frame(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<CauseMap: {len(self._kb.all_causes)} causes in {len(families_of(self._kb))} families>"

    @traitlets.validate("family", "group")
    def _exists(self, proposal: dict[str, Any]) -> str:
        value: str = proposal["value"]
        try:
            locate(self._kb, **{proposal["trait"].name: value})
        except KeyError as error:
            raise traitlets.TraitError(error.args[0]) from None
        return value

    def _connect(self) -> None:
        controls = self._controls
        for name, control in controls.by_trait.items():
            control.observe(self._from_control(name), "value")
        controls.back.on_click(lambda _: self._go_back())
        controls.previous.on_click(lambda _: self._turn(-1))
        controls.next.on_click(lambda _: self._turn(1))
        self.observe(self._settle, ["family", "group", "page", "audience", "sources_shown"])
        self._companion.observe(lambda _: self._draw_picture(self.view), ["width", "screen"])

    def _from_control(self, name: str) -> Callable[[dict[str, Any]], None]:
        def take_over(change: dict[str, Any]) -> None:
            if not self._busy:  # else it is the map that sets the control
                setattr(self, name, change["new"])

        return take_over

    def _go_back(self) -> None:
        if self.group and len(groups_of(self._kb, self.family)) > 1:
            self.group = ""
        else:
            self.family = ""

    def _turn(self, step: int) -> None:
        """Turn a page; after the last comes the first, so that no button has to vanish under a reader's finger."""
        self.page = (self.page - 1 + step) % self.view.pages + 1

    def _settle(self, change: dict[str, Any]) -> None:
        """Make the traits agree with the one that changed, then draw once."""
        if self._busy:
            return
        self._busy = True
        try:
            self.family, self.group = self._agreed(change["name"])
            if change["name"] in ("family", "group", "audience"):
                self.page = 1
            self.page = self.view.page
            self._draw()
        finally:
            self._busy = False

    def _agreed(self, changed: str) -> tuple[str, str]:
        """Return the family and group that hold after one of them changed: the later choice wins."""
        if changed == "group" and self.group:
            return locate(self._kb, group=self.group)
        inside = {row.id for row in groups_of(self._kb, self.family)} if self.family else set()
        return locate(self._kb, self.family, self.group if self.group in inside else "")

    def _draw(self) -> None:
        view = self.view
        self._draw_picture(view)  # first, because it takes the page longest
        busy, self._busy = self._busy, True
        self._controls.follow(self._kb, view, self.sources_shown)
        self._busy = busy
        self._heading.value = f"<p>{html.escape(view.heading)}</p>"
        self._caption.value = caption_html(self._kb, view)
        title = f"{view.heading}. As a pandas frame: .frame()"
        self._table.value = f"{_SCROLL}{html_table(title, view.columns, view.rows)}</div>"
        self._sources.value = sources_html(self._kb, view) if self.sources_shown and view.level == "cause" else ""

    def _draw_picture(self, view: CauseView) -> None:
        width, font = _fit(self._companion.width, self._companion.screen)
        figure = cause_wheel(view, width, font)
        self._picture.layout.height = f"{figure.layout.height}px"
        # Set as a trait, not printed into the output, so that it is there again when the page is reloaded.
        self._picture.outputs = ({"output_type": "display_data", "data": mime_bundle(figure), "metadata": {}},)
        self._companion.spoken = view.spoken


def cause_map(
    family: str = "", group: str = "", *, audience: str = "clinician", kb: KnowledgeBase | None = None
) -> CauseMap:
    """Show the map of causes.

    Parameters
    ----------
    family
        Name of a family to begin with; empty for the overview of all families.
    group
        Id of a group to begin with.
    audience
        ``"clinician"`` shows all causes under their clinical names, ``"public"`` those anyone may meet in plain words.
    kb
        A knowledge base other than the package's own, for example ``load("my_tables")``.

    Raises
    ------
    KeyError
        When the family or group does not exist; the message names the nearest one.
    ValueError
        When the group belongs to another family, or the audience is not one of the words above.

    Examples
    --------
    >>> drugs = cause_map(group="drug")
    >>> drugs.family, drugs.view.title
    ('Medicines, poisons, withdrawal', 'Drug-induced')
    """
    kb = kb or load()
    view = cause_view(kb, family, group, audience=audience)  # refuses what does not exist, with a sentence
    return CauseMap(kb, audience=audience, family=view.family, group=view.group)


def _text(name: str) -> Any:
    part = ipywidgets.HTML()
    part.add_class(name)
    return part


def _fit(width: int, screen: int) -> tuple[int, int]:
    """Return the width to draw for and the font size: 1/40 of the screen, less where the wheel would not fit.

    Examples
    --------
    >>> _fit(1160, 720), _fit(320, 844)
    ((1160, 18), (320, 16))
    """
    wanted = min(max(round(screen / 40), _SMALLEST), _LARGEST)
    beside = width // NARROW
    if beside >= _SMALLEST:
        return width, min(wanted, beside)
    return width, _SMALLEST
