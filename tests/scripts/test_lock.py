import pytest

from scripts.lock import Lock, command, locks

EXTRAS = ("edge", "cloud", "dev")


@pytest.mark.parametrize("lock", [pytest.param(lock, id=lock.name) for lock in locks(EXTRAS)])
def test_every_lock_is_for_all_platforms_with_hashes_and_names_no_index(lock: Lock) -> None:
    words = command(lock)

    assert {"--universal", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"} <= set(words)


def test_the_first_lock_holds_every_extra_and_the_others_keep_to_it() -> None:
    first, *others = locks(EXTRAS)

    assert [word for word in command(first) if word.startswith("--extra=")] == [
        "--extra=edge",
        "--extra=cloud",
        "--extra=dev",
    ]
    assert not any(word.startswith("--constraint") for word in command(first))
    assert all("--constraint=requirements/lock.txt" in command(lock) for lock in others)


def test_the_peers_and_what_scores_are_locked_apart_from_the_project() -> None:
    apart = [lock for lock in locks(EXTRAS) if lock.source]

    assert [lock.name for lock in apart] == ["peers.txt", "scoring.txt"]
    assert not any("pyproject.toml" in command(lock) for lock in apart)


def test_what_scores_is_locked_without_what_its_packages_ask_for_and_never_load() -> None:
    assert [lock.name for lock in locks(EXTRAS) if "--no-deps" in command(lock)] == ["scoring.txt"]
