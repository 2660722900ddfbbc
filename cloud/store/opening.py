"""Opens the store that the settings name."""

from pathlib import Path

from cloud.errors import StoreError
from cloud.settings import EmbeddedStoreSettings, InfluxStoreSettings
from cloud.store.embedded import EmbeddedStore
from cloud.store.influx import InfluxStore
from cloud.types import Store


def open_store(settings: EmbeddedStoreSettings | InfluxStoreSettings, *, make: bool) -> Store:
    """Open a store.

    Args:
        settings: Which, and where.
        make: Begin a new one where there is none, as the collector does; a question to nothing is a mistake.

    Returns:
        The store; close it.

    Raises:
        ConfigError: A file that the settings name cannot be read.
        StoreLockedError: Another process has it open.
        StoreError: It cannot be opened, or there is none and none is to be made.
    """
    path = Path(settings.path if isinstance(settings, EmbeddedStoreSettings) else settings.books_path)
    if not make and not path.exists():
        raise StoreError(
            f"there is no store at '{path}'",
            cure="Start 'cityedge cloud run' with this configuration, or name the right one.",
        )
    if isinstance(settings, EmbeddedStoreSettings):
        return EmbeddedStore(path)
    store = InfluxStore(settings)
    if make:
        store.probe()
    return store
