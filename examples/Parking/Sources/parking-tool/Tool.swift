import EventSpecCLI
import Parking

@main struct Tool: DomainTool { static let domains = [parking] }
