// A test that imports the adapters writes scenarios in Swift as well.
@_exported public import EventSpec
