import pytest

from edge.capture.address import is_live, read_address
from edge.settings import SourceSettings


@pytest.mark.parametrize(
    ("url", "label"),
    [
        pytest.param("rtsp://cam/s", "rtsp://cam/s", id="nothing to hide"),
        pytest.param("rtsp://anna@cam:8554/s", "rtsp://anna@cam:8554/s", id="a user"),
        pytest.param("rtsp://anna:secret@cam/s", "rtsp://anna:***@cam/s", id="a password"),
        pytest.param("rtsp://anna:se%40cret@[::1]:554/s", "rtsp://anna:***@[::1]:554/s", id="with IPv6"),
        pytest.param(
            "http://cam/v.cgi?user=anna&pwd=secret&size=1",
            "http://cam/v.cgi?user=anna&pwd=***&size=1",
            id="a password in the query",
        ),
        pytest.param("http://cam/v?authToken=secret", "http://cam/v?authToken=***", id="a token in the query"),
    ],
)
def test_the_label_hides_secrets(url: str, label: str) -> None:
    address = read_address(SourceSettings(url=url))
    assert address.label == label
    assert "secret" not in repr(address)


def test_the_target_keeps_them() -> None:
    url = "rtsp://anna:se%40cret%2F@cam:8554/s?x=1"
    assert read_address(SourceSettings(url=url)).target == url


@pytest.mark.parametrize(
    ("url", "kind", "port"),
    [
        ("rtsp://cam/s", "rtsp", 554),
        ("RTSPS://cam/s", "rtsp", 322),
        ("http://cam:81/s", "http", 81),
        ("https://cam/s", "http", 443),
        ("/dev/video0", "v4l2", 0),
        ("/dev/v4l/by-id/usb-camera", "v4l2", 0),
        ("street.mp4", "file", 0),
        ("/", "folder", 0),
    ],
)
def test_the_address_says_what_kind_of_source_it_is(url: str, kind: str, port: int) -> None:
    settings = SourceSettings(url=url)
    address = read_address(settings)
    assert (address.kind, address.port) == (kind, port)
    assert address.live == is_live(settings)
