"""Phase 2: what came back. In: files, folders, archives, mails. Out: originals by sha256, events, Returns."""
