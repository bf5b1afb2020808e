import EventSourcing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// domain-benchmark: what reading and checking the three example domains costs a process that has just started, in
// milliseconds of processor time. The first time is the only one that counts, so that a run gives one figure of each;
// `core.sh` makes several runs.

func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e3 + Double(time.tv_nsec) / 1e6
}

let start = processorTime()
let domain = Domain.merging([ordering, banking, lending])
let fields = domain.aggregateSchemas.reduce(0) { $0 + $1.events.cases.count + $1.commands.cases.count }
let views = domain.viewSchemas.count
let read = processorTime()
try domain.validate()
let checked = processorTime()
print("\(read - start) \(checked - read)")
exit(fields > 0 && views > 0 ? 0 : 1)
