#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Keys and signals in the order in which they arrive.
struct KeyInput {
  enum Event {
    case key(Key)
    case signal(Int32)
    /// The terminal is gone.
    case closed
  }

  let signals: SignalPipe
  private let descriptor: Int32
  private var decoder = KeyDecoder()
  private var bytes: [UInt8] = []
  private var position = 0

  init(descriptor: Int32, signals: SignalPipe) {
    self.descriptor = descriptor
    self.signals = signals
  }

  /// The first byte that was no UTF-8 since this was last set to nil.
  var brokenByte: UInt8? {
    get { decoder.brokenByte }
    set { decoder.brokenByte = newValue }
  }

  /// Waits for the next event.
  ///
  /// - Parameter idle: Called when nothing is there yet, just before waiting.
  mutating func next(idle: () -> Void) -> Event {
    var isIdle = false
    while true {
      if let key = decoder.takeNext() { return .key(key) }
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if let key = decoder.decode(byte) { return .key(key) }
      }
      if let signal = signals.next() { return .signal(signal) }

      // What follows an Escape in a sequence arrives with it; a pause means that the key itself was meant.
      var patience: Int32? = decoder.awaitsSequence ? 50 : nil
      if !isIdle, patience == nil {
        if signals.wait(for: descriptor, milliseconds: 0).input == false {
          isIdle = true
          idle()
        } else {
          patience = 0
        }
      }
      let ready = signals.wait(for: descriptor, milliseconds: patience)
      if ready.signal { continue }
      guard ready.input else {
        if let escape = decoder.takeEscape() { return .key(escape) }
        continue
      }
      guard fill() else {
        // The signal that comes with the loss of a terminal says more than the end of its input.
        if let signal = signals.next() { return .signal(signal) }
        return .closed
      }
    }
  }

  private mutating func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count > 0 {
        bytes = Array(chunk.prefix(count))
        position = 0
        return true
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      return false
    }
  }
}
