import pytest

from ecosystem import regions, tables


@pytest.fixture(scope="session")
def ruhr():
    return tables.read(regions.locate("ruhr"))
