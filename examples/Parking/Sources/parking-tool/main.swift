import EventSpecCLI
import Parking

await EventSpecTool.main(parking)
