import EventSourcing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An aggregate with the mistakes that a domain may have: a command that never ends, one that takes long, one that traps, and
/// one that ends the process.
struct Hanging: Aggregate {
  enum Command: DomainMessage {
    case begin
    case hang
    case rest
    case trap
    case crash
  }
  enum Event: DomainMessage { case begun }

  var isBegun = false

  func handle(_ command: Command, in context: Context) throws -> [Event] {
    switch command {
    case .begin: return [.begun]
    case .rest:
      usleep(50_000)
      return [.begun]
    case .trap:
      let nothing: [Event] = []
      return [nothing[1]]
    case .hang:
      // A Ctrl-C before this cancels what has not begun.
      print("It hangs.")
      fflush(nil)
      while true { sleep(1) }
    case .crash:
      kill(getpid(), SIGKILL)
      return []
    }
  }

  mutating func apply(_ event: Event) { isBegun = true }
}

let hanging = Domain("Hanging") { Hanging.self }
