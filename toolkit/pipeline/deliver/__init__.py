"""Phase 5: what is handed to the client: master workbook, reports, exports, the ledger as a workbook."""
