import EventSpecCLI

await EventSpecTool.main(large)
