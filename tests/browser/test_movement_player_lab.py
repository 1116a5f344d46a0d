"""The movement player in JupyterLab: still, a reload, a killed kernel, and keys that stay with it."""

from __future__ import annotations

from .conftest import Lab
from .test_lessons import nothing_failed

NAME = "movements.ipynb"
PLAYER = "from myoteach import movement_player\nmovement_player('chorea', others=['tic'])"
COMPARED = "from myoteach import compare_movements\ncompare_movements(['tic', 'asterixis'], blind=True)"
CONTROLS = ".jp-OutputArea-output .mv :is(button, input, select, summary, [tabindex='0'])"


def figure(lab: Lab) -> str:
    return str(lab.page.evaluate("document.querySelector('.jp-OutputArea-output .mv-figure').outerHTML"))


def test_the_player_is_still_keeps_its_keys_and_outlives_a_reload_and_its_kernel(lab: Lab) -> None:
    """One visit, in the order of a bad day; opening JupyterLab is what takes the time."""
    lab.write(NAME, PLAYER, COMPARED, "", "")
    lab.open(NAME)
    lab.run_all()
    lab.reveal(".mv .mv-figure")
    nothing_moves(lab)
    a_reload_shows_the_same_state(lab)
    keys_do_not_reach_jupyterlab(lab)
    nothing_failed(lab)
    a_killed_kernel_leaves_it_playing(lab)


def nothing_moves(lab: Lab) -> None:
    before = figure(lab)
    lab.page.wait_for_timeout(300)
    assert figure(lab) == before


def a_reload_shows_the_same_state(lab: Lab) -> None:
    player = lab.page.locator(".jp-OutputArea-output .mv").first
    for _ in range(3):
        player.get_by_role("button", name="Next event").click()
        lab.page.wait_for_timeout(450)  # no more than a few jumps a second are shown
    player.get_by_role("radio", name="Side", exact=True).check(force=True)
    player.get_by_role("checkbox", name="Clinical names").check()
    player.get_by_role("slider", name="Speed").press("ArrowRight")
    said, before = player.locator(".mv-now").inner_text(), figure(lab)
    assert "Event 3 of" in said
    lab.command("docmanager:save")
    lab.reload()
    again = lab.reveal(".mv")
    lab.page.wait_for_selector(".jp-OutputArea-output .mv-figure")
    assert again.locator(".mv-now").inner_text() == said
    assert again.get_by_role("radio", name="Side", exact=True).is_checked()
    assert again.get_by_role("slider", name="Speed").get_attribute("aria-valuetext") == "0.35 of real speed"
    assert "sternocleidomastoid" in again.locator(".mv-name").first.inner_text()
    assert figure(lab) == before


def keys_do_not_reach_jupyterlab(lab: Lab) -> None:
    count = lab.cell_count()
    pressed = 0
    for control in lab.page.query_selector_all(CONTROLS):
        if not control.evaluate("node => node.checkVisibility() && !node.disabled && !node.readOnly"):
            continue
        control.evaluate("node => node.focus()")
        lab.page.keyboard.type("ddbxa")
        assert lab.cell_count() == count, control.evaluate("node => node.outerHTML")
        pressed += 1
    assert pressed > 25


def a_killed_kernel_leaves_it_playing(lab: Lab) -> None:
    player = lab.reveal(".mv")
    # what the first picture did not wait for has come
    player.locator("option[value=tic]:enabled").wait_for(state="attached")
    player.get_by_role("button", name="▶ Play").click()
    lab.kill()
    assert player.locator(".mv-play").inner_text() == "❚❚ Pause"
    before = figure(lab)
    lab.page.wait_for_timeout(500)
    assert figure(lab) != before
    player.locator(".mv-play").click()
    player.get_by_role("button", name="Next event").click()
    assert "Event " in player.locator(".mv-now").inner_text()
    player.get_by_label("Show", exact=True).select_option("tic")
    assert player.locator(".mv-title").inner_text() == "Tic"
    assert figure(lab) != before
    player.get_by_text("Where the numbers come from").click()
    player.get_by_text("default, unsourced").first.wait_for()
