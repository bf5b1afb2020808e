/// Turns the bytes that a terminal sends into keys.
///
/// Bytes may arrive in any portions; what is not complete waits. Key sequences that nobody asked for are
/// dropped as a whole, so that their end never shows up as typed text. Bytes that are no UTF-8 show up as U+FFFD.
struct KeyDecoder: Sendable {
  private enum State {
    case ground
    case character(bytes: [UInt8], missing: Int)
    case escape
    case singleShift
    case sequence(parameters: [UInt8])
    case paste
  }

  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private var state = State.ground
  private var pasted: [UInt8] = []
  /// What a byte that ends a broken character came to itself.
  private var next: Key?
  /// The first byte that was no UTF-8 since this was last set to nil.
  var brokenByte: UInt8?

  /// Whether an Escape has arrived that may be a key of its own or the beginning of a sequence.
  var awaitsSequence: Bool {
    if case .escape = state { return true }
    return false
  }

  /// Takes the Escape that is waiting as a key of its own.
  mutating func takeEscape() -> Key? {
    guard awaitsSequence else { return nil }
    state = .ground
    return .escape
  }

  /// The key that came about together with the one before.
  mutating func takeNext() -> Key? {
    defer { next = nil }
    return next
  }

  /// Takes a byte and returns the key that it completes, if any; a further one is at hand in ``takeNext()``.
  mutating func decode(_ byte: UInt8) -> Key? {
    switch state {
    case .ground:
      return start(byte)
    case .character(let bytes, let missing):
      return continueCharacter(bytes, missing: missing, with: byte)
    case .escape:
      return afterEscape(byte)
    case .singleShift:
      state = .ground
      return Self.cursorKey(final: byte, modifier: nil)
    case .sequence(let parameters):
      return continueSequence(parameters, with: byte)
    case .paste:
      return continuePaste(with: byte)
    }
  }

  private mutating func start(_ byte: UInt8) -> Key? {
    switch byte {
    case 0x1B:
      state = .escape
      return nil
    case 0x0A, 0x0D: return .enter
    case 0x09: return .tab
    case 0x08, 0x7F: return .backspace
    case 0x00...0x1F: return .control(Unicode.Scalar(byte + 0x40))
    case 0x20..<0x80: return .character(Unicode.Scalar(byte))
    case 0xC2...0xDF: state = .character(bytes: [byte], missing: 1)
    case 0xE0...0xEF: state = .character(bytes: [byte], missing: 2)
    case 0xF0...0xF4: state = .character(bytes: [byte], missing: 3)
    default: return broken(byte)
    }
    return nil
  }

  /// Remembers a byte that is no UTF-8, and shows that there was one.
  private mutating func broken(_ byte: UInt8) -> Key {
    brokenByte = brokenByte ?? byte
    return .character("\u{FFFD}")
  }

  private mutating func continueCharacter(_ bytes: [UInt8], missing: Int, with byte: UInt8) -> Key? {
    guard byte & 0xC0 == 0x80 else {
      // Not what the lead byte promised: look at this one afresh.
      state = .ground
      next = start(byte)
      return broken(bytes.first ?? byte)
    }
    guard missing == 1 else {
      state = .character(bytes: bytes + [byte], missing: missing - 1)
      return nil
    }
    state = .ground
    guard let text = String(validating: bytes + [byte], as: UTF8.self), let scalar = text.unicodeScalars.first else {
      return broken(bytes.first ?? byte)
    }
    return (0x80...0x9F).contains(scalar.value) ? nil : .character(scalar)
  }

  private mutating func afterEscape(_ byte: UInt8) -> Key? {
    switch byte {
    case UInt8(ascii: "["):
      state = .sequence(parameters: [])
      return nil
    case UInt8(ascii: "O"):
      state = .singleShift
      return nil
    case 0x1B:
      return nil
    case 0x08, 0x7F:
      state = .ground
      return .deleteWordLeft
    case 0x20..<0x7F:
      state = .ground
      let isUppercase = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      return .alt(Unicode.Scalar(isUppercase ? byte + 0x20 : byte))
    default:
      state = .ground
      return start(byte)
    }
  }

  private mutating func continueSequence(_ parameters: [UInt8], with byte: UInt8) -> Key? {
    switch byte {
    case 0x20..<0x40:
      // No key that a terminal sends is anywhere near as long.
      state = parameters.count < 64 ? .sequence(parameters: parameters + [byte]) : .ground
      return nil
    case 0x40..<0x7F:
      state = .ground
      if byte == UInt8(ascii: "~"), parameters == Array("200".utf8) {
        state = .paste
        return nil
      }
      let numbers = parameters.split(separator: UInt8(ascii: ";")).map { Int(String(decoding: $0, as: UTF8.self)) }
      if byte == UInt8(ascii: "~") { return Self.numberedKey(numbers) }
      return Self.cursorKey(final: byte, modifier: numbers.count > 1 ? numbers[1] : nil)
    default:
      state = .ground
      return start(byte)
    }
  }

  private mutating func continuePaste(with byte: UInt8) -> Key? {
    pasted.append(byte)
    guard byte == UInt8(ascii: "~"), pasted.suffix(Self.pasteEnd.count).elementsEqual(Self.pasteEnd) else { return nil }
    let bytes = pasted.dropLast(Self.pasteEnd.count)
    do { _ = try UnreadableText.read(bytes) } catch { brokenByte = brokenByte ?? error.byte }
    let text = String(decoding: bytes, as: UTF8.self)
    pasted = []
    state = .ground
    return .paste(text)
  }

  private static func cursorKey(final byte: UInt8, modifier: Int?) -> Key? {
    switch (byte, modifier) {
    case (UInt8(ascii: "A"), _): .up
    case (UInt8(ascii: "B"), _): .down
    case (UInt8(ascii: "C"), nil), (UInt8(ascii: "C"), 1): .right
    case (UInt8(ascii: "D"), nil), (UInt8(ascii: "D"), 1): .left
    case (UInt8(ascii: "C"), _): .wordRight
    case (UInt8(ascii: "D"), _): .wordLeft
    case (UInt8(ascii: "H"), _): .home
    case (UInt8(ascii: "F"), _): .end
    case (UInt8(ascii: "M"), _): .enter
    default: nil
    }
  }

  private static func numberedKey(_ numbers: [Int?]) -> Key? {
    switch numbers.first ?? nil {
    case 1, 7: .home
    case 4, 8: .end
    case 3: .delete
    default: nil
    }
  }
}
