#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the environment says of the terminal.
enum Terminal {
  /// Whether colours are unwanted, by `NO_COLOR` or a terminal that has none.
  static var refusesColor: Bool { !(value(of: "NO_COLOR") ?? "").isEmpty || isDumb }

  /// Whether the terminal cannot write over a line.
  static var isDumb: Bool { value(of: "TERM") == "dumb" }

  private static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
