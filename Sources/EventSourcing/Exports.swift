// A domain speaks of UUID, Date and Decimal: `import EventSourcing` is all that a domain's file needs.
#if canImport(FoundationEssentials)
  @_exported public import FoundationEssentials
#else
  @_exported public import Foundation
#endif
