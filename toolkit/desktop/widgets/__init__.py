"""Parts that pages are put together from; each draws a value of ``state`` and tells what a person did."""
