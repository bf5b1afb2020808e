/// A coder of one value, which is used again for other values of the same type if nobody got hold of it.
///
/// It keeps its container of fields as well, as making one takes longer than all that it does. From then on the two hold
/// each other, and nothing else holds the coder: whoever has one of them has more than these two references, which is how
/// it is found out.
class ReusedCoder {
  // Nothing is called while one of these is changed, so that the checks of exclusive access find nothing.
  @exclusivity(unchecked) private final var isReused: Bool
  @exclusivity(unchecked) private final var container: AnyObject?
  @exclusivity(unchecked) private final var containerKey: ObjectIdentifier?

  /// Makes a coder.
  ///
  /// - Parameter isReused: Whether it is to be used again; the caller holds it once, unmanaged, until ``Spares/takeBack(_:)``.
  init(isReused: Bool) { self.isReused = isReused }

  /// The container that is kept for fields of a type of keys, as the reference that it is: to look up its own type would
  /// take longer than to make it.
  @inline(__always)
  final func keptContainer(keyedBy key: Any.Type) -> AnyObject? {
    containerKey == ObjectIdentifier(key) ? container : nil
  }

  /// Keeps the first container, if this coder is used again.
  final func keep<Container>(_ new: Container, keyedBy key: Any.Type) {
    // A container is a reference to a box and nothing else.
    guard isReused, container == nil, MemoryLayout<Container>.size == MemoryLayout<AnyObject>.size else { return }
    container = unsafeBitCast(new, to: AnyObject.self)
    containerKey = ObjectIdentifier(key)
    // From now on it is held by its container, which it holds.
    Unmanaged.passUnretained(self).release()
  }

  /// Lets go of what the value left, for the next one.
  func clear() {}

  /// Makes ready to be there for longer than its value is coded.
  func outlive() {}

  fileprivate final var isContainerHeldOnce: Bool { container == nil || isKnownUniquelyReferenced(&container) }

  fileprivate final func release() {
    isReused = false
    outlive()
    if container == nil {
      Unmanaged.passUnretained(self).release()
    } else {
      containerKey = nil
      container = nil
    }
  }
}

extension Spares where Object: ReusedCoder {
  /// Takes a coder whose value is done, for the next value of the type; or lets go of it, where somebody else holds it or
  /// its container, who keeps it as it is.
  @inline(__always)
  func takeBack(_ coder: Unmanaged<Object>) {
    // A coder is for one thread at a time, so what is seen of the one still holds when the other is looked at.
    if coder._withUnsafeGuaranteedRef({ $0.isContainerHeldOnce }), isHeldOnce(coder) {
      coder._withUnsafeGuaranteedRef { $0.clear() }
      if put(coder) { return }
    }
    Self.letGo(coder)
  }

  /// Lets go of a coder for good.
  static func letGo(_ coder: Unmanaged<Object>) { coder.takeUnretainedValue().release() }
}
