import pytest
from django.db import OperationalError, connection


@pytest.fixture
def database_down(db):
    """Every query fails, as it does when the server is gone."""

    def fail(execute, sql, params, many, context):
        raise OperationalError("server closed the connection")

    with connection.execute_wrapper(fail):
        yield


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_it_works(db, get, path):
    response = get(path)
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_it_is_alive_without_a_database(database_down, client):
    assert client.get("/healthz").status_code == 200


def test_it_is_not_ready_without_a_database(database_down, client):
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"database" in response.content
