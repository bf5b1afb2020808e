import Foundation

/// Gherkin's official test data, where the environment variable `GHERKIN_TESTDATA` names a folder with it.
enum OfficialData {
  static let folder = ProcessInfo.processInfo.environment["GHERKIN_TESTDATA"]
  static let isMissing = folder == nil
  static let hint: String = "set GHERKIN_TESTDATA to a folder that holds Gherkin's testdata/ to run this"

  struct File: Sendable, CustomStringConvertible {
    let folder: String
    let name: String
    let bytes: [UInt8]
    /// The name that the expected files call the source by.
    var uri: String { "../testdata/\(folder)/\(name)" }
    var description: String { "\(folder)/\(name)" }

    /// What is expected of the file, or `nil` where nothing is.
    func expected(_ suffix: String) -> String? {
      OfficialData.folder.flatMap {
        try? String(contentsOfFile: "\($0)/testdata/\(folder)/\(name)\(suffix)", encoding: .utf8)
      }
    }
  }

  /// The sources in `good` and `bad`; none where the data is missing.
  static func files(_ folder: String) -> [File] {
    guard let root = OfficialData.folder else { return [] }
    let path = "\(root)/testdata/\(folder)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { $0.hasSuffix(".feature") || $0.hasSuffix(".md") }.sorted().compactMap { name in
      FileManager.default.contents(atPath: "\(path)/\(name)").map { File(folder: folder, name: name, bytes: Array($0)) }
    }
  }

  /// The values of lines of JSON.
  static func values(_ lines: String) throws -> [NSDictionary] {
    try lines.split(separator: "\n").map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary ?? [:]
    }
  }
}
