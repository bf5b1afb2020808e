// The module EventSourcingSQLite.
