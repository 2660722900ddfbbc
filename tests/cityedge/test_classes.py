from cityedge.classes import CLASSES, FOUR_WHEELERS, PERSON, TWO_WHEELERS


def test_the_order_of_the_classes_is_the_label_in_arrays_and_never_changes() -> None:
    assert CLASSES == ("person", "bicycle", "motorcycle", "car", "bus", "truck")


def test_every_class_is_a_person_or_has_two_or_four_wheels() -> None:
    assert sorted([PERSON, *TWO_WHEELERS, *FOUR_WHEELERS]) == list(range(len(CLASSES)))
