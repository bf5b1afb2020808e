#if PostgreSQL
  internal import EventSourcing

  /// The parameters of one statement in PostgreSQL's binary format, in one buffer.
  ///
  /// Source: PostgreSQL documentation, chapter "Frontend/Backend Protocol"; the types' `*_send` functions.
  struct BinaryParameters {
    private(set) var bytes: [UInt8] = []
    /// Where each parameter begins and ends; nil for null.
    private(set) var ranges: [Range<Int>?] = []

    /// Makes an empty list.
    init(capacity: Int = 64) { bytes.reserveCapacity(capacity) }

    mutating func add(_ value: Int32) { add { $0.append(value) } }
    mutating func add(_ value: Int64) { add { $0.append(value) } }
    mutating func add(_ value: Int) { add(Int64(value)) }
    mutating func add(_ value: String) { add { $0.bytes.append(contentsOf: value.utf8) } }
    mutating func add(_ value: [UInt8]) { add { $0.bytes.append(contentsOf: value) } }
    mutating func add(_ value: Bool) { add { $0.bytes.append(value ? 1 : 0) } }
    mutating func add(_ value: UUID) { add { $0.append(value) } }
    /// Adds a `timestamptz` from microseconds since 1970.
    mutating func add(time: Int64) { add(time - BinaryResult.epoch) }
    mutating func addNull() { ranges.append(nil) }

    /// Adds a `text[]`.
    mutating func addTexts(_ values: some Collection<String>) {
      addArray(of: 25, count: values.count) { parameters in
        for value in values { parameters.addElement(value.utf8) }
      }
    }

    /// Adds a `bigint[]`.
    mutating func addNumbers(_ values: some Collection<Int64>) {
      addArray(of: 20, count: values.count) { parameters in
        for value in values {
          parameters.append(Int32(8))
          parameters.append(value)
        }
      }
    }

    /// Adds a `uuid[]`.
    mutating func addIdentities(_ values: some Collection<UUID>) {
      addArray(of: 2950, count: values.count) { parameters in
        for value in values {
          parameters.append(Int32(16))
          parameters.append(value)
        }
      }
    }

    /// Adds a `timestamptz[]` from microseconds since 1970.
    mutating func addTimes(_ values: some Collection<Int64>) {
      addArray(of: 1184, count: values.count) { parameters in
        for value in values {
          parameters.append(Int32(8))
          parameters.append(value - BinaryResult.epoch)
        }
      }
    }

    /// Adds a `bytea[]`.
    mutating func addBytes(_ values: some Collection<[UInt8]>) {
      addArray(of: 17, count: values.count) { parameters in
        for value in values { parameters.addElement(value) }
      }
    }

    private mutating func add(_ write: (inout BinaryParameters) -> Void) {
      let start = bytes.count
      write(&self)
      ranges.append(start..<bytes.count)
    }

    private mutating func addArray(of type: Int32, count: Int, _ write: (inout BinaryParameters) -> Void) {
      add { parameters in
        // Dimensions, whether there are nulls, the type; then the length and first index of the one dimension.
        parameters.append(Int32(count == 0 ? 0 : 1))
        parameters.append(Int32(0))
        parameters.append(type)
        guard count > 0 else { return }
        parameters.append(Int32(clamping: count))
        parameters.append(Int32(1))
        write(&parameters)
      }
    }

    private mutating func addElement(_ value: some Collection<UInt8>) {
      append(Int32(clamping: value.count))
      bytes.append(contentsOf: value)
    }

    private mutating func append(_ value: UUID) {
      withUnsafeBytes(of: value.uuid) { bytes.append(contentsOf: $0) }
    }

    private mutating func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }
  }
#endif
