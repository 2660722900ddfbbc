import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge import topics
from cityedge.errors import ContractError
from cityedge.messages import KINDS_UP, Message
from cityedge.topics import Topic
from tests.cityedge.golden import COUNT, EXPECTED
from tests.cityedge.strategies import messages

roots = st.from_regex(r"[A-Za-z0-9_-]{1,9}(/[A-Za-z0-9_-]{1,9}){0,2}", fullmatch=True)


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("count.v1.json", "city/v1/tran-phu/box-7/count/north-gate"),
        ("alert.v1.json", "city/v1/tran-phu/box-7/alert/north-gate"),
        ("health.v1.json", "city/v1/tran-phu/box-7/health/gateway"),
        ("expired.v1.json", "city/v1/tran-phu/box-7/expired/gateway"),
        ("status.v1.json", "city/v1/tran-phu/box-7/status/gateway"),
        ("stored.v1.json", "city/v1/tran-phu/box-7/stored/20261122T053012Z-4be1c7"),
    ],
)
def test_a_topic_says_who_first_and_what_last(name: str, topic: str) -> None:
    assert topics.topic_of("city", EXPECTED[name]) == topic


@given(roots, messages())
def test_a_message_belongs_to_the_topic_that_it_is_sent_on(root: str, message: Message) -> None:
    topic = topics.parse(root, topics.topic_of(root, message))

    topics.check_belongs(topic, message)


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param(Topic("elsewhere", "box-7", "count", "north-gate"), id="another site"),
        pytest.param(Topic("tran-phu", "box-8", "count", "north-gate"), id="another gateway"),
        pytest.param(Topic("tran-phu", "box-7", "alert", "north-gate"), id="another kind"),
        pytest.param(Topic("tran-phu", "box-7", "count", "south-gate"), id="another camera"),
    ],
)
def test_a_message_that_speaks_for_somebody_else_is_refused(topic: Topic) -> None:
    with pytest.raises(ContractError, match=r"speaks for .+ but came on the topic of"):
        topics.check_belongs(topic, COUNT)


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param("", id="nothing"),
        pytest.param("town/v1/a/b/count/c", id="another root"),
        pytest.param("city/v2/a/b/count/c", id="another version"),
        pytest.param("city/v1/a/b/count", id="no source"),
        pytest.param("city/v1/a/b/count/c/d", id="one level more"),
        pytest.param("city/v1/a//count/c", id="an empty level"),
        pytest.param("/city/v1/a/b/count/c", id="a leading slash"),
    ],
)
def test_a_topic_of_another_shape_is_refused_with_the_right_one(topic: str) -> None:
    with pytest.raises(ContractError, match="is not city/v1/<site>/<gateway>/<kind>/<source>"):
        topics.parse("city", topic)


@pytest.mark.parametrize(
    "root",
    ["", "/", "city/", "/city", "a//b", "a b", "city/+", "#", "$SYS", "city\n", "thành-phố"],
)
def test_a_root_that_a_broker_would_misread_is_refused(root: str) -> None:
    with pytest.raises(ValueError, match="topic root"):
        topics.check_root(root)


@given(roots)
def test_a_root_may_have_several_levels(root: str) -> None:
    assert topics.check_root(root) == root


@pytest.mark.parametrize("kind", KINDS_UP)
def test_a_filter_for_a_kind_takes_every_gateway_or_one(kind: str) -> None:
    assert topics.up_filter("city", kind) == f"city/v1/+/+/{kind}/+"
    assert topics.up_filter("city", kind, gateway="box-7") == f"city/v1/+/box-7/{kind}/+"


def test_a_gateway_hears_what_is_meant_for_it() -> None:
    assert topics.down_filter("a/b", site="s", gateway="g", kind="stored") == "a/b/v1/s/g/stored/+"
