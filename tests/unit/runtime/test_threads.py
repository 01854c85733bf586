"""Products of matrices on one thread, inside a block and inside blocks in it."""

from __future__ import annotations

import numpy  # noqa: F401, ICN001 - its BLAS is what is limited
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from aligner.runtime.threads import on_threads, one_blas_thread


def threads() -> set[int]:
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}


def test_the_limit_holds_until_the_last_block_ends() -> None:
    if not threads():
        pytest.skip("the BLAS of numpy is none that threadpoolctl knows")
    with threadpool_limits(2, user_api="blas"):
        before = threads()
        with one_blas_thread():
            assert threads() == {1}
            with one_blas_thread():
                assert threads() == {1}
            assert threads() == {1}
            assert list(on_threads(lambda _: threads(), range(3), 2)) == [{1}] * 3
            assert threads() == {1}
        assert threads() == before


def test_an_error_gives_the_threads_back() -> None:
    before = threads()
    with pytest.raises(ZeroDivisionError), one_blas_thread():
        raise ZeroDivisionError
    assert threads() == before
