import EventSpecCLI
import EventSpecREPL

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// A program around the line editor that its tests drive through a terminal: it answers each text with its
// Swift form, so that a test sees exactly what was read. With other arguments it is the REPL or the tool over a domain full of
// mistakes.

struct Words: LineEditorDelegate {
  var words: [Completion.Candidate]

  func completion(of text: String, at cursor: Int) -> Completion {
    let before = String(decoding: Array(text.utf8.prefix(cursor)), as: UTF8.self)
    let start = before.lastIndex(where: \.isWhitespace).map(before.index(after:)) ?? before.startIndex
    let word = before[start...]
    return Completion(
      words.filter { $0.text.hasPrefix(word) }, replacing: before.utf8.count - word.utf8.count..<before.utf8.count)
  }

  func hint(for text: String) -> String? {
    text.hasSuffix("(") ? "quantity: Int)\u{1B}[31m" : nil
  }

  func isComplete(_ text: String) -> Bool {
    text.count { $0 == "(" } <= text.count { $0 == ")" }
  }
}

let environment = ProcessInfo.processInfo.environment

if CommandLine.arguments.contains("hanging") {
  exit(await REPL.run(domain: hanging, options: REPLOptions(environment: environment)))
}

if CommandLine.arguments.dropFirst().first == "tool" {
  let arguments = Array(CommandLine.arguments.dropFirst(2))
  exit(await EventSpecTool.run([hanging], arguments: arguments, streams: .standard, endsProcess: true))
}

var words: [Completion.Candidate] = [
  .init("CreateOrder", description: "starts an order"), .init("CreateAddress"),
  .init("CancelOrder", description: "\u{1B}[2Jgives it up"), .init("世界", description: "wide"),
  .init("世間", description: "wide too"), .init("naïve"), .init("evil\u{1B}]0;x\u{7}"),
]
words += (1...150).map { Completion.Candidate("Number\($0)") }

guard
  let editor = LineEditor(
    delegate: Words(words: words), history: LineHistory(file: HistoryFile(environment: environment)),
    environment: environment)
else {
  var reader = PlainLineReader()
  while case .line(let line) = reader.readLine() { print("plain \(line.debugDescription)") }
  exit(0)
}

@Sendable func report(_ text: String) {
  print(text)
  fflush(nil)
}

let monitor = InterruptMonitor { signal in report("saved in monitor after \(signal)") }
var prompt = StyledText()
prompt.append(environment["PROBE_PROMPT"] ?? "probe", .cyan)
prompt.append(">", .bold)

report("ready")
loop: while true {
  switch editor.readLine(prompt: prompt) {
  case .line("sleep"):
    let task = Task { try? await Task.sleep(for: .seconds(30)) }
    report("sleeping")
    await monitor.watch(onInterrupt: { _ in task.cancel() }) { await task.value }
    report(task.isCancelled ? "cancelled" : "slept")
  case .line(let text): report("read \(text.debugDescription)")
  case .unreadable(let text): report("unreadable \(text.message)")
  case .interrupted: report("interrupted")
  case .endOfInput: break loop
  case .terminated(let signal):
    report("saved after \(signal)")
    editor.close()
    signal.endProcess()
  }
}
editor.close()
report("bye")
