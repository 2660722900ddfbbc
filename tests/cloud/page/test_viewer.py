import pytest

from cloud.page.viewer import viewer_of


def test_what_the_address_says_goes_before_what_was_chosen_earlier() -> None:
    viewer = viewer_of(
        {"lang": "vi", "theme": "dark", "range": "24h"},
        cookies={"cityedge_language": "en", "cityedge_theme": "light", "cityedge_period": "15min"},
        headers={},
    )

    assert (viewer.texts.language, viewer.theme, viewer.period) == ("vi", "dark", "24h")


def test_a_browser_is_met_as_it_left() -> None:
    viewer = viewer_of(
        {},
        cookies={
            "cityedge_language": "vi",
            "cityedge_theme": "light",
            "cityedge_period": "today",
            "cityedge_zone": "Asia%2FHo_Chi_Minh",
        },
        headers={"accept-language": "en"},
    )

    assert (viewer.texts.language, viewer.theme, viewer.period) == ("vi", "light", "today")
    assert str(viewer.zone) == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize("nonsense", ["", "x" * 5000, "../../etc/passwd", "%00", "<script>"])
def test_nonsense_in_a_cookie_has_the_default_for_its_effect(nonsense: str) -> None:
    names = ("cityedge_language", "cityedge_theme", "cityedge_period", "cityedge_zone")
    viewer = viewer_of({}, cookies=dict.fromkeys(names, nonsense), headers={})

    assert (viewer.texts.language, viewer.theme, viewer.period, str(viewer.zone)) == ("en", "auto", "1h", "UTC")
