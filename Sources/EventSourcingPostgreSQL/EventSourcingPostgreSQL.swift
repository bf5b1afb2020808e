// The module EventSourcingPostgreSQL.
