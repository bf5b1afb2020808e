/// Called by libFuzzer for each input; `scripts/fuzz-gherkin` builds and runs it.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  Invariants.check(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
