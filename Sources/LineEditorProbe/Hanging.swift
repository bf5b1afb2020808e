import EventSourcing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An aggregate with a command that never ends, as a mistake in a domain may have it.
struct Hanging: Aggregate {
  enum Command: DomainMessage {
    case begin
    case hang
  }
  enum Event: DomainMessage { case begun }

  var isBegun = false

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .begin: return [.begun]
    case .hang:
      // A Ctrl-C before this cancels what has not begun.
      print("It hangs.")
      fflush(nil)
      while true { sleep(1) }
    }
  }

  mutating func apply(_ event: Event) { isBegun = true }
}

let hanging = Domain("Hanging") { Hanging.self }
