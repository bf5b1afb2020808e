/// A container of fields that a coder keeps for the next value of its type.
///
/// Such a container is a reference to a box and nothing else, and making one takes longer than all that it does.
///
/// It is held until ``release()``.
struct KeptContainer {
  private let box: Unmanaged<AnyObject>
  private let key: ObjectIdentifier

  /// Keeps a container; nil where it is more than a reference.
  init?<Container, Key>(_ container: Container, key: Key.Type) {
    guard MemoryLayout<Container>.size == MemoryLayout<AnyObject>.size else { return nil }
    box = .passRetained(unsafeBitCast(container, to: AnyObject.self))
    self.key = ObjectIdentifier(key)
  }

  /// The container, which is held for whoever asked; nil where it is for other keys.
  @inline(__always)
  func lend<Key>(for type: Key.Type) -> Unmanaged<AnyObject>? { key == ObjectIdentifier(type) ? box : nil }

  /// Whether nobody else holds the container.
  @inline(__always)
  var isHeldAlone: Bool { isHeldOnce(box) }

  /// Lets go of the container.
  func release() { box.release() }

  /// Gives a container to whoever knows its type.
  ///
  /// Even to copy a container, generic code has to look up its type. A function whose value may be of any type puts it
  /// where its caller wants it, and need not know more than that it is a reference.
  struct Giving<Container> {
    let give: (Unmanaged<AnyObject>) -> Container
  }

  static var giving: Giving<AnyObject> {
    @inline(__always) get { Giving { $0.takeUnretainedValue() } }
  }
}
