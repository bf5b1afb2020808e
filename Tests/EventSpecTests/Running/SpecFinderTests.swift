@testable import EventSpec
import Foundation
import Testing

@Suite("Finding spec files")
struct SpecFinderTests {
  @Test("takes .feature and .feature.md files of a folder, hidden ones aside, in the order of their paths")
  func folder() throws {
    try withFolder { folder in
      try folder.write("b.feature", "a/z.feature.md", "a/y.feature", "a/notes.md", ".hidden/x.feature", ".x.feature")
      let finder = SpecFinder([SpecSelection(path: folder.path)])
      #expect(
        finder.files.map { $0.path.dropFirst(folder.path.count + 1) } == ["a/y.feature", "a/z.feature.md", "b.feature"])
      #expect(finder.problems.isEmpty)
    }
  }

  @Test("enters a folder once, though links lead to it again")
  func loop() throws {
    try withFolder { folder in
      try folder.write("a/x.feature")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/a/again", withDestinationPath: folder.path)
      let finder = SpecFinder([SpecSelection(path: folder.path)])
      #expect(finder.files.count == 1)
    }
  }

  @Test("says what is not there")
  func missing() throws {
    try withFolder { folder in
      let finder = SpecFinder([
        SpecSelection(path: folder.path + "/nowhere"), SpecSelection(path: folder.path),
        SpecSelection(path: folder.path, line: 3),
      ])
      #expect(finder.files.isEmpty)
      #expect(
        finder.problems.map(\.message) == [
          "there is no file or folder '\(folder.path)/nowhere'",
          "no spec in folder '\(folder.path)': no file below it ends in .feature or .feature.md",
          "'\(folder.path)' is a folder, which has no line 3; name a file, as FILE:LINE",
        ])
    }
  }

  @Test("passes over a pipe in a folder, with a word, and takes one that is named")
  func pipe() throws {
    try withFolder { folder in
      try folder.write("a.feature")
      let pipe = folder.path + "/pipe.feature"
      #expect(mkfifo(pipe, 0o600) == 0)
      let finder = SpecFinder([SpecSelection(path: folder.path)])
      #expect(finder.files.map(\.path) == [folder.path + "/a.feature"])
      #expect(finder.problems.map(\.message) == ["'\(pipe)' is no ordinary file and was passed over"])
      #expect(SpecFinder([SpecSelection(path: pipe)]).files.map(\.path) == [pipe])
    }
  }

  @Test("takes a file once, with all lines that are asked for")
  func lines() throws {
    try withFolder { folder in
      try folder.write("a.feature", "b.feature")
      let a = folder.path + "/a.feature"
      let b = folder.path + "/b.feature"
      let finder = SpecFinder([
        SpecSelection(path: a, line: 3), SpecSelection(path: a, line: 9), SpecSelection(path: b, line: 1),
        SpecSelection(path: b),
      ])
      #expect(finder.files == [FoundSpec(path: a, lines: [3, 9]), FoundSpec(path: b, lines: [])])
    }
  }
}

/// A folder that is gone behind the test.
struct TemporaryFolder {
  let path: String

  /// Writes files with an empty feature.
  func write(_ names: String...) throws {
    for name in names { try write(name, content: "Feature: \(name)\n") }
  }

  /// Writes one file and gives back its path.
  @discardableResult
  func write(_ name: String, content: String) throws -> String {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content.utf8).write(to: file)
    return file.path
  }
}

func withFolder(_ body: (TemporaryFolder) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("eventspec-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(TemporaryFolder(path: folder.path))
}

func withFolder(_ body: (TemporaryFolder) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("eventspec-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try await body(TemporaryFolder(path: folder.path))
}
