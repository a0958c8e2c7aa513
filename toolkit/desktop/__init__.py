"""The window 绩效核查工作台: pages over declared operations, carried out by an engine in a process of its own.

``state`` holds what every page knows and may do, without Qt; ``widgets`` and ``pages`` draw it; ``client`` talks to
the engine in JSON lines. Nothing here reads a workbook or knows a stage of the work.
"""
