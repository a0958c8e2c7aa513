"""Phase 1: the workspace folder, and what the consultants decided.

In: 方案.xlsx, 项目清单.xlsx, templates. Out: an Evaluation.
"""
